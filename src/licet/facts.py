"""The vocabulary: every fact the law asks about, once.

A fact has a kind, a unit, a subject, and the question a person is asked when it is missing. A question to Licet
is a set of these facts; what is not in it is unknown, never zero and never false. `parse` turns what a person or
a file wrote into the fact's own kind of value, or says why it cannot.
"""

from __future__ import annotations

import datetime
import decimal
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from licet.errors import BadValue, UnknownFact, did_you_mean
from licet.unknown import Among


class Kind(StrEnum):
    """What sort of value a fact has."""

    NUMBER = "number"  #: an exact decimal, never a float
    BOOLEAN = "boolean"
    CHOICE = "choice"  #: one of the declared values
    SET = "set"  #: any of the declared values together, or `none`
    COUNTRY = "country"  #: ISO 3166-1 alpha-2; Hong Kong is China, as in the EAR
    DATE = "date"
    TEXT = "text"
    ECCN = "eccn"  #: a paragraph of the Commerce Control List, or EAR99


class Subject(StrEnum):
    """What a fact is about."""

    TRANSACTION = "transaction"
    ITEM = "item"
    PARTY = "party"
    EXPORTER = "exporter"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry of the vocabulary.

    Attributes:
        name: the word used on the command line, in files, in Python and over HTTP.
        kind: what sort of value it has.
        of: what it is about.
        question: what a person is asked when it is missing.
        unit: unit of a number.
        values: the allowed values of a choice or a set, each with its meaning.
        ratio: for a quotient, the facts above and below the line; thresholds on it are met without dividing.
        ordinary: what ``assume="ordinary"`` takes it to be, as a value of its kind; None: stays unknown.
        role: for a fact of one party, the role; ``end_user`` in ``end_user_hq``.
        cite: where the law defines it.
        derived: follows from other facts and cannot be given.
    """

    name: str
    kind: Kind
    of: Subject
    question: str
    unit: str = ""
    values: Mapping[str, str] | None = None
    ratio: tuple[str, str] | None = None
    ordinary: Any = None
    role: str = ""
    cite: str = ""
    derived: bool = False


#: Roles the Entity List and the headquarters tests look at, 15 CFR 748.5(c)-(f), and the exporter itself.
PARTIES = ("end_user", "consignee", "purchaser", "intermediate")
ROLES = (*PARTIES, "exporter")
#: Value of a party's country or headquarters when nobody has that role.
NOBODY = "--"
#: What is written for the name of a role that nobody has.
NO_ONE = ("none", "nobody", NOBODY)
SHORT = {"from": "shipped_from", "to": "destination"}

_N, _B, _C, _S, _L, _D, _T, _E = Kind
_TX, _IT, _PA, _EX, _AP = Subject
_CIVIL = Among({"datacenter", "consumer", "other_civil"}, "a civil end use")

LISTS = {
    "none": "on no restricted-party list",
    "entity_list": "Entity List, Supp. 4 to part 744",
    "footnote_1": "Entity List with footnote 1 (Huawei)",
    "footnote_3": "Entity List with footnote 3 (Russian or Belarusian military)",
    "footnote_4": "Entity List with footnote 4 (advanced computing)",
    "footnote_5": "Entity List with footnote 5 (advanced nodes)",
    "military_end_user_list": "Military End-User List, Supp. 7 to part 744",
    "unverified_list": "Unverified List, Supp. 6 to part 744",
    "denied_persons": "Denied Persons List",
    "sdn_744_8": "blocked person under a program named in 744.8",
    "sdn": "other blocked person of OFAC",
    "cmic": "OFAC list of Chinese military-industrial complex companies",
}


COLUMNS = {
    **{
        column: f"{column[:-1]} column {column[-1]} of the Commerce Country Chart"
        for column in ("CB1", "CB2", "CB3", "NP1", "NP2", "NS1", "NS2", "MT1", "RS1", "RS2", "FC1", "CC1", "CC2", "CC3",
                       "AT1", "AT2")
    },
    "worldwide": "worldwide control, 742.4(a)(5) and 742.6(a)(10)", "CN_RU_VE": "742.6(a)(7)", "EI": "742.15",
    "SL": "742.13", "CC_all": "crime control to all destinations but Canada", "CW": "742.18", "UN": "746.1(b)",
    "none": "under none of them",
}  # fmt: skip


def _fact(name: str, kind: Kind, of: Subject, question: str, **rest: Any) -> Fact:
    return Fact(name, kind, of, question, **rest)


_DECLARED = [
    # the transaction
    _fact("on", _D, _TX, "On which day does the export, reexport or transfer take place?"),
    _fact("activity", _C, _TX, "What is done with the item?", values={
        "export": "leaves the United States", "reexport": "goes from one foreign country to another",
        "transfer": "changes hands or use inside a country (in-country)",
        "deemed_export": "technology or source code is released to a foreign person in the United States",
        "deemed_reexport": "technology or source code is released abroad to a national of a third country",
        "use": "is used or serviced where it is", "support": "a U.S. person supports an activity"}),
    _fact("shipped_from", _L, _TX, "From which country is it shipped?", ordinary="US"),
    _fact("destination", _L, _TX, "What is the country of ultimate destination?"),
    _fact("occupied_ukraine", _B, _TX,
          "If it goes to Ukraine: to Crimea, or to what is called the Donetsk or Luhansk People's Republic?",
          ordinary=False, cite="15 CFR 746.6"),
    _fact("via", _L, _TX, "Through which country does it pass on the way?"),
    _fact("subject_to_ear", _B, _TX, "Is the item subject to the EAR?", cite="15 CFR 734.3"),
    _fact("end_use", _C, _TX, "What will the item be used for?", ordinary=_CIVIL, values={
        "datacenter": "ordinary data-center computing", "consumer": "consumer or office use, gaming",
        "other_civil": "another civil use that no provision names",
        "ai_training": "training of AI models", "supercomputer": "a supercomputer of 15 CFR 772.1",
        "advanced_node_fab": "development or production at a fab that makes advanced-node ICs",
        "ic_production_unknown_node": "production of ICs at a fab whose node is not known",
        "ic_production": "production of ICs at a fab known not to make advanced-node ICs",
        "equipment_production": "development or production of semiconductor manufacturing equipment",
        "hbm_packaging": "packaging of high-bandwidth memory with a logic die",
        "military": "a military end use of 15 CFR 744.21(f)",
        "military_intelligence": "a military-intelligence end use of 15 CFR 744.22(f)",
        "wmd": "nuclear, missile, chemical or biological weapons"}),
    _fact("other_parties", _B, _TX,
          "Does anybody besides the end user take part: a purchaser, intermediate or ultimate consignee?",
          ordinary=False),
    _fact("quantity", _N, _TX, "How many units?", unit="pieces"),
    _fact("value_usd", _N, _TX, "What is the value?", unit="USD"),
    _fact("exception_claimed", _C, _TX, "Which license exception does the exporter invoke?", values={
        "TMP": "740.9(a)(6)", "RPL": "740.10", "GOV": "740.11(b)", "TSU": "740.13(a) or (c)", "ACM": "740.28",
        "UVEU": "748.15, universal data-center authorization", "NVEU": "748.15, national data-center authorization",
        "none": "no license exception is invoked"}, ordinary="none"),
    _fact("exception_conditions_met", _B, _TX, "Are all conditions of the license exception invoked met?",
          cite="15 CFR part 740"),
    _fact("notice_days", _N, _TX,
          "How many days ago did BIS register the notice for License Exception NAC (0: none was filed)?",
          unit="days", cite="15 CFR 740.8"),
    _fact("notice_answer", _C, _TX, "What did BIS answer to the notice?", values={
        "cleared": "STELA confirms that License Exception NAC may be used",
        "license_needed": "BIS told the exporter to apply for a license", "none": "no answer yet"},
        ordinary="cleared", cite="15 CFR 740.8"),
    _fact("purchase_order", _B, _TX, "Is there a written purchase order?", ordinary=True, cite="15 CFR 740.8"),
    _fact("sample", _B, _TX, "Is it a commercial sample?", ordinary=False, cite="15 CFR 740.8"),
    # License Exceptions AIA, ACM and LPP
    _fact("shipment_tpp", _N, _TX, "What is the aggregate TPP of this shipment (TPP of one item times quantity)?",
          unit="TPP", cite="15 CFR 740.29(h)(2)"),
    _fact("lpp_tpp_this_year", _N, _TX,
          "How much TPP has the ultimate consignee's ultimate parent already received under LPP in this calendar year?",
          unit="TPP", cite="15 CFR 740.29(d)"),
    _fact("aia_tpp_received", _N, _TX, "How much TPP has the ultimate consignee already received under AIA?",
          unit="TPP", cite="15 CFR 740.27(c)"),
    _fact("consignee_certified", _B, _TX,
          "Has the ultimate consignee signed the certification that the license exception asks for?", ordinary=True,
          cite="15 CFR 740.27(b)(2), 740.29(f), 748.15(e)"),
    _fact("trains_4e091_for_outsiders", _B, _TX,
          "Will the items train models of 4E091 for entities located or headquartered outside Supp. 5(a) to part 740?",
          ordinary=False, cite="15 CFR 740.27(a)"),
    _fact("weights_storage_compliant", _B, _TX,
          "Will the model weights be stored in a facility that meets paragraphs 14, 15 and 18 of Supp. 10 to part 748?",
          cite="15 CFR 740.27(a)(3)(ii)"),
    _fact("permanent_regular_employee_5a", _B, _TX,
          "Is the foreign person a permanent regular employee of an entity headquartered in a place of Supp. 5(a)?",
          cite="15 CFR 742.6(a)(13)"),
    _fact("acm_purpose", _B, _TX,
          "Are the items for development, production, or storage before onward shipment, of advanced computing items?",
          cite="15 CFR 740.28(a)"),
    _fact("private_sector", _B, _TX,
          "Is the end user a private-sector end user, neither acting for nor controlled by a non-U.S. government?",
          cite="15 CFR 740.28(d)"),
    _fact("acm_for_d5_customers", _B, _TX,
          "Are the items made or stored there ultimately destined to customers in Macau or Country Group D:5?",
          cite="15 CFR 740.28(a)"),
    # data-center validated end users
    _fact("veu_authorized", _B, _TX,
          "Does the end user hold the data-center VEU authorization invoked, for this location?",
          cite="15 CFR 748.15(a)"),
    _fact("veu_own_facility", _B, _TX, "Will the items be used at the validated end user's own authorized facility?",
          cite="15 CFR 748.15(d)(2)"),
    _fact("veu_necessary", _B, _TX,
          "Is the item necessary for a data center, and no 600-series, MT or CC item?", cite="15 CFR 748.15(c)"),
    _fact("veu_guidelines_met", _B, _TX, "Does the validated end user keep the guidelines of Supp. 10 to part 748?",
          cite="Supp. 10 to part 748"),
    _fact("veu_security_certified", _B, _TX,
          "Has the owner certified paragraphs 14, 15 and 18 of Supp. 10 to part 748?", cite="15 CFR 748.15(a)(2)"),
    _fact("veu_new_location", _B, _TX, "Is the data center in a location of which BIS was not told before?",
          cite="15 CFR 748.15(a)(2)(ii)(A)"),
    _fact("veu_notice_days", _N, _TX, "How many days ago was BIS told of the new location?", unit="days",
          cite="15 CFR 748.15(a)(2)(ii)(A)"),
    _fact("veu_share_outside_5a_percent", _N, _TX,
          "What share of the group's AI computing power lies outside the places of Supp. 5(a), this shipment included?",
          unit="percent", cite="Supp. 10 to part 748, paragraph 6"),
    _fact("veu_share_country_percent", _N, _TX,
          "What is its largest share in any single country outside Supp. 5(a), this shipment included?", unit="percent",
          cite="Supp. 10 to part 748, paragraph 6"),
    _fact("veu_share_outside_us_percent", _N, _TX,
          "What is its share outside the United States, this shipment included?", unit="percent",
          cite="Supp. 10 to part 748, paragraph 6"),
    _fact("nveu_installed_tpp", _N, _TX,
          "How much TPP has the national validated end user already installed in this country?", unit="TPP",
          cite="15 CFR 748.15(a)(2)(iii)(B)"),
    _fact("government_arrangement", _B, _TX,
          "Is there a government-to-government arrangement with the United States that covers the data center?",
          cite="Supp. 10 to part 748, paragraph 12"),
    # License Exception HBM
    _fact("hbm_bought_by_designer", _B, _TX,
          "Does the designer of the co-packaged commodity buy the memory directly?", cite="15 CFR 740.25(c)(1)"),
    _fact("hbm_direct_to_packager", _B, _TX, "Does the memory go directly to the packaging site?",
          cite="15 CFR 740.25(c)(2)"),
    _fact("packager_hq", _L, _TX, "Where is the packaging site headquartered?", cite="15 CFR 740.25(c)(2)(i)"),
    _fact("packager_d5_parent", _B, _TX,
          "Is the packaging site's ultimate parent headquartered in Macau or Country Group D:5?",
          cite="15 CFR 740.25(c)(2)(i)"),
    _fact("hbm_confirmation", _B, _TX,
          "Does the packaging site confirm in writing that the memory was packaged and sent to the designer?",
          cite="15 CFR 740.25(c)(2)(i)(A)"),
    _fact("hbm_returned_to_exporter", _B, _TX, "Do the finished co-packaged commodities come back to the exporter?",
          cite="15 CFR 740.25(c)(2)(ii)"),
    _fact("packaged_exceeds_3a090", _B, _TX, "Will the finished co-packaged commodity exceed the limits of 3A090?",
          cite="15 CFR 740.25(c)(2)"),
    _fact("general_order_4_tgl", _B, _TX,
          "Does the temporary general license of General Order No. 4, paragraph (d), permit the packaging?",
          ordinary=False, cite="15 CFR 740.25(c)(2)(i)(B)"),
    _fact("to_distributor", _B, _TX, "Is the memory sold to a distributor?", ordinary=False,
          cite="15 CFR 740.25(d)(1)"),
    _fact("forwarder_only", _B, _TX,
          "Is the intermediate consignee hired by the packaging site for forwarding or customs clearance only?",
          cite="15 CFR 740.25(d)(2)"),
    _fact("packager_advanced_node", _B, _TX,
          "Is it packaged at a facility in Macau or Country Group D:5 where advanced-node ICs are produced?",
          cite="15 CFR 740.25(d)(3)"),
    _fact("hbm_units_sent", _N, _TX, "How many units of memory went to the packaging site?", unit="pieces",
          cite="15 CFR 740.25(e)"),
    _fact("hbm_units_returned", _N, _TX, "How many units of memory do the finished commodities received contain?",
          unit="pieces", cite="15 CFR 740.25(e)"),
    # the item
    _fact("item", _T, _IT, "Which item: catalog id, name or part number?"),
    _fact("item_kind", _C, _IT, "What kind of item is it?", values={
        "integrated_circuit": "a chip", "assembly": "an electronic assembly: board, module, card",
        "computer": "a computer or server", "hbm": "a stack or package of high-bandwidth memory",
        "model_weights": "parameters of a trained AI model", "software": "software", "technology": "technology",
        "manufacturing_equipment": "semiconductor manufacturing equipment", "other": "anything else"}),
    _fact("item_vendor", _T, _IT, "Who makes the item?"),
    _fact("eccn", _E, _IT, "Under which ECCN paragraph did the maker or the exporter classify the item?"),
    _fact("classified", _B, _IT, "Was the item classified under an ECCN paragraph?", derived=True),
    _fact("controlled_for", _S, _IT,
          "Under which columns and reasons does its entry control the very item? (some name columns for part of "
          "their items)", values=COLUMNS, cite="15 CFR 774 Supp. 1"),
    _fact("technology_for", _E, _IT, "For which ECCN paragraph is the software or technology?"),
    _fact("tpp", _N, _IT,
          "What is the total processing performance: 2 x MacTOPS x bit length, dense, largest over formats?",
          unit="TOPS x bits", cite="3A090 technical notes"),
    _fact("die_area_mm2", _N, _IT, "What is the applicable die area: all logic dies made on a non-planar node?",
          unit="mm2", cite="3A090 technical notes"),
    _fact("performance_density", _N, _IT, "What is the performance density: TPP over applicable die area?",
          unit="TPP/mm2", ratio=("tpp", "die_area_mm2"), cite="3A090 technical notes"),
    _fact("datacenter", _B, _IT, "Is the item designed or marketed for use in data centers?", cite="3A090 Note 2"),
    _fact("io_bandwidth_gbs", _N, _IT,
          "What is the aggregate bidirectional transfer rate over all inputs and outputs, volatile memory left out?",
          unit="GB/s", cite="3A090 of 2022-10-21; 3A991.p"),
    _fact("processing_tops", _N, _IT, "What is the processing performance: 2 x MacTOPS over all units?", unit="TOPS",
          cite="3A991.p"),
    _fact("dram_bandwidth_gbs", _N, _IT, "What is the total DRAM bandwidth?", unit="GB/s",
          cite="Supp. 2 to part 748, (dd)"),
    _fact("memory_bandwidth_gbs", _N, _IT, "What is the bandwidth of the memory stack or package?", unit="GB/s"),
    _fact("package_area_mm2", _N, _IT, "What is the area of the memory package or stack?", unit="mm2"),
    _fact("memory_bandwidth_density", _N, _IT, "What is the memory bandwidth density: GB/s over package or stack area?",
          unit="GB/s/mm2", ratio=("memory_bandwidth_gbs", "package_area_mm2"), cite="3A090.c technical note"),
    _fact("processing_dominant", _B, _IT,
          "If memory and logic share a package: is processing the dominant function?", cite="3A090.c"),
    _fact("process_node_nm", _N, _IT, "On which process node are the logic dies made?", unit="nm"),
    _fact("transistors_billion", _N, _IT, "What is the aggregated approximated transistor count?", unit="billion",
          cite="3A090 Note 1"),
    _fact("has_hbm", _B, _IT, "Does the final package hold high-bandwidth memory?"),
    _fact("training_operations", _N, _IT, "With how many operations was the model trained?", unit="operations",
          cite="4E091"),
    _fact("weights_published", _B, _IT, "Are the model weights published?", cite="15 CFR 734.7; 4E091 Note 1"),
    _fact("derived_from_published", _B, _IT, "Is the model derived from one whose weights are published?",
          ordinary=False, cite="4E091 Note 1"),
    _fact("additional_operations", _N, _IT, "With how many additional operations was the model derived?",
          unit="operations", cite="4E091 Note 1"),
    _fact("below_best_published", _B, _IT,
          "Was it trained with fewer operations than the most advanced published model would need?", ordinary=False,
          cite="4E091 Note 2"),
    # the maker of a chip, and who designed and packaged it
    _fact("exporter_is_fab_or_osat", _B, _EX,
          "Is the exporter a front-end fabricator or an OSAT (outsourced assembly and test) company?", ordinary=False,
          cite="3A090 Note 1; 15 CFR 772.1"),
    _fact("non_planar", _B, _IT, "Do the logic dies use non-planar transistors (FinFET, gate-all-around)?",
          cite="15 CFR 772.1"),
    _fact("designer_cleared", _B, _IT, "Is the circuit's designer an approved or authorized designer?", ordinary=True,
          cite="3A090 Note 1; 90 FR 5298"),
    _fact("designer_approved", _B, _IT, "Is the circuit's designer listed in Supp. 6 to part 740?",
          cite="3A090 Note 1.a"),
    _fact("designer_hq", _L, _IT, "Where is the circuit's designer headquartered?", cite="3A090 Note 1.a(2)"),
    _fact("designer_parent_hq", _L, _IT, "Where is the designer's ultimate parent headquartered?",
          cite="3A090 Note 1.a(2)"),
    _fact("designer_country", _L, _IT, "In which country is the designer located?", cite="3A090 Note 1.a(2)"),
    _fact("designer_agreed", _B, _IT,
          "Has the designer agreed to give the fabricator the information of 743.9(b)?", cite="3A090 Note 1.a(2)(ii)"),
    _fact("designer_applied", _B, _IT, "Has the designer applied to become an approved designer?",
          cite="3A090 Note 1.a(3)"),
    _fact("designer_application_days", _N, _IT, "How many days ago did the designer submit that application?",
          unit="days", cite="3A090 Note 1.a(3)"),
    _fact("designer_attested", _B, _IT,
          "Does a data sheet or attestation of the designer show TPP and performance density outside 3A090.a?",
          cite="3A090 Note 1.a"),
    _fact("packaged_by", _C, _IT, "Who packages the die?", values={
        "fab": "the front-end fabricator, outside Macau and Country Group D:5",
        "approved_osat": "an OSAT company listed in Supp. 7 to part 740", "other": "somebody else, or elsewhere"},
        cite="3A090 Note 1.b and c"),
    _fact("transistors_attested", _B, _IT,
          "Does the fabricator or approved OSAT that packages it attest the transistor count?",
          cite="3A090 Note 1.b and c"),
    # the exporter and the application
    _fact("uae_beneficiary", _C, _TX, "Is a party in the UAE one that the rule of 2026-07-10 names?", ordinary="none",
          values={"government": "the Government of the UAE",
                  "supplement_8": "a commercial entity of Supp. 8 to part 740 (G42, Core42)",
                  "us_company": "a U.S.-headquartered company named in the rule, or its UAE subsidiary",
                  "none": "none of these"}, cite="91 FR 43034"),
    _fact("country_allocation_used_tpp", _N, _AP,
          "How much TPP has been licensed to the destination since 2025, this application left out?", unit="TPP",
          cite="15 CFR 742.6(b)(10)(iii)(B)"),
    _fact("equivalent_foreign_item", _B, _AP,
          "Is a functionally equivalent foreign item, outside the EAR, available?", cite="15 CFR 744.23(d)"),
    _fact("available_in_us", _B, _AP, "Was the commodity commercially available in the United States on 2026-01-15?",
          ordinary=True, cite="91 FR 1684"),
    _fact("us_supply_certified", _B, _AP,
          "Does the exporter certify that no order for end use in the United States is delayed?", ordinary=True,
          cite="91 FR 1684"),
    _fact("foundry_capacity_certified", _B, _AP,
          "Does the exporter certify that no foundry capacity for U.S. users is diverted?", ordinary=True,
          cite="91 FR 1684"),
    _fact("share_of_us_percent", _N, _AP,
          "What share are aggregate shipments to China and Macau of the total shipped for end use in the United "
          "States, in aggregate TPP of the product?", unit="percent",
          ordinary=Among({Decimal(0), Decimal(50)}, "at most 50 percent"), cite="91 FR 1684"),
    _fact("end_use_certified", _B, _AP, "Does the exporter certify that no prohibited end use or end user is served?",
          ordinary=True, cite="91 FR 1684"),
    _fact("know_your_customer", _B, _AP,
          "Has the ultimate consignee know-your-customer procedures against unauthorized remote access?",
          ordinary=True, cite="91 FR 1684"),
    _fact("us_lab_tested", _B, _AP,
          "Will a qualified independent third-party laboratory in the United States test each shipment?",
          ordinary=True, cite="91 FR 1684"),
    # General Prohibition 10, the guidance of 2025-05-13, and what U.S. persons support
    _fact("designed_by_d5", _B, _IT,
          "Is the chip developed or produced by a company located or headquartered in Macau or Country Group D:5?",
          ordinary=False, cite="BIS guidance of 2025-05-13"),
    _fact("ascend_910", _B, _IT, "Is it an Ascend 910B, 910C or 910D, or does it contain one?", ordinary=False,
          cite="BIS guidance of 2025-05-13"),
    _fact("authorization_confirmed", _B, _TX,
          "Has the supplier proved that every step of making the chip was authorized: design files to the fab, fab to "
          "designer, and dealings with listed parties?", ordinary=False, cite="BIS guidance of 2025-05-13"),
    _fact("for_technical_analysis", _B, _TX,
          "Is the chip obtained only for technical analysis or evaluation, such as destructive testing?",
          ordinary=False, cite="BIS guidance of 2025-05-13"),
    _fact("moved_in_violation", _B, _TX,
          "Is it known that a violation of the EAR has occurred, is about to occur or is intended with the item (since "
          "2026-05-31 a license missing under the headquarters rule alone does not count, for items in use)?",
          cite="15 CFR 736.2(b)(10)"),
    _fact("goes_into_listed", _S, _TX,
          "Is it known that the item goes into, or is used to make, something that a party with a footnote on the "
          "Entity List makes, buys or orders, although no such party takes part?", cite="15 CFR 734.9(e) and (g)",
          values={"none": "nothing of the kind is known", "footnote_1": "of a footnote 1 party (Huawei)",
                  "footnote_3": "of a footnote 3 party (Russian or Belarusian military)",
                  "footnote_4": "of a footnote 4 party (advanced computing)",
                  "footnote_5": "of a footnote 5 party (advanced nodes)"}),
    _fact("training_for_hq", _L, _TX,
          "Where is the party headquartered for whom, or on whose behalf, AI models are trained?",
          cite="BIS policy statement of 2025-05-13"),
    _fact("training_knowledge", _B, _TX,
          "Is there knowledge that the model is for a WMD or military-intelligence end use or end user in Macau or "
          "Country Group D:5?", cite="BIS policy statement of 2025-05-13"),
    _fact("support_for", _C, _TX, "What does the U.S. person support?", values={
        "advanced_node_facility": "development or production of ICs at a facility that makes advanced-node ICs",
        "unknown_node_facility": "development or production of ICs at a facility whose node is not known",
        "equipment": "manufacturing equipment of 744.6(c)(2)(iii), whatever its use",
        "ai_training": "training of AI models", "wmd": "nuclear, missile, chemical or biological weapons",
        "military_intelligence": "a military-intelligence end use or end user", "other": "none of these"},
        cite="15 CFR 744.6"),
    _fact("employed_by_friendly_company", _B, _TX,
          "Is the U.S. person a natural person working for a company headquartered in the United States, A:5 or A:6 "
          "that no entity headquartered in Macau or D:5 owns by majority?", ordinary=False,
          cite="15 CFR 744.6(d)(5)"),
    # reach: what is subject to the EAR; these facts warn and do not decide, see `subject_to_ear`
    _fact("us_origin", _B, _IT, "Was the item made in the United States?", cite="15 CFR 734.3(a)(2)"),
    _fact("in_us", _B, _IT, "Is the item in the United States, or on its way through?", cite="15 CFR 734.3(a)(1)"),
    _fact("us_content_percent", _N, _IT,
          "What share of its fair market value is U.S.-origin content that would itself need a license to the "
          "destination?", unit="percent", cite="15 CFR 734.4(c) and (d)"),
    _fact("microprocessor", _B, _IT,
          "Is it a microprocessor, microcomputer or microcontroller circuit of 5 GFLOPS or more, with an arithmetic "
          "unit of 32 bits or more, or software or technology for one?", ordinary=False, cite="15 CFR 744.17"),
    _fact("us_content", _S, _IT, "Which U.S.-origin content, for which there may be no de minimis level, does it hold?",
          values={
              "none": "none, or none that is known",
              "integrated_circuit": "an integrated circuit made in the United States",
              "computer_semiconductors": "controlled semiconductors other than memory, in a computer above 4A003.b",
              "encryption_technology": "technology of 5E002, in technology", "engine_technology": "technology of 9E003",
              "commodity_0A919": "a commodity of 0A919.a.1, in a military commodity",
              "series_600": "9x515 or 600 series items of paragraphs .a to .x",
              "series_600_y": "9x515 or 600 series .y items",
              "other": "other content"}, cite="15 CFR 734.4(a)"),
    _fact("direct_product", _B, _IT,
          "Is it the direct product of the technology or software that 734.9 lists, or made by a plant or major "
          "component that is (which almost every fab is)?", cite="15 CFR 734.9"),
    # red flags; they speak when they are said, and their silence keeps no answer open
    _fact("red_flag_end_use_refused", _B, _TX, "Does the customer refuse to say what the item is for?",
          ordinary=False, cite="15 CFR 732 Supp. 3, red flag 1"),
    _fact("red_flag_business_mismatch", _B, _TX, "Does the item not fit the customer's line of business?",
          ordinary=False, cite="15 CFR 732 Supp. 3, red flag 2"),
    _fact("red_flag_delivery_unclear", _B, _TX,
          "Is the place of delivery or installation unknown, vague, or not the end user's?", ordinary=False,
          cite="15 CFR 732 Supp. 3, red flag 8"),
    _fact("red_flag_forwarder", _B, _TX, "Is a freight forwarder or reseller named as the final destination?",
          ordinary=False, cite="15 CFR 732 Supp. 3, red flag 9"),
    _fact("red_flag_shared_leaders", _B, _TX,
          "Does a new customer share managers or technical leaders with a party on the Entity List?", ordinary=False,
          cite="15 CFR 732 Supp. 3, red flag 24"),
    _fact("red_flag_bought_since_2022", _B, _TX,
          "Did the customer buy no advanced computing circuits before October 2022?", ordinary=False,
          cite="BIS guidance of 2025-05-13"),
    _fact("red_flag_residential_or_unknown", _B, _TX,
          "Is the address residential, or is there no trace of the customer online?", ordinary=False,
          cite="BIS guidance of 2025-05-13"),
    _fact("red_flag_data_center_unable", _B, _TX,
          "Can or will the data center not confirm the power, cooling and space to run the circuits?", ordinary=False,
          cite="BIS guidance of 2025-05-13"),
    _fact("red_flag_headquarters_withheld", _B, _TX,
          "Does the customer not say whether it or its parent is headquartered in Macau or Country Group D:5?",
          ordinary=False, cite="BIS guidance of 2025-05-13"),
    _fact("red_flag_cloud_users_unknown", _B, _TX,
          "Can or will the cloud provider not say that its users are not headquartered in Macau or Country Group D:5?",
          ordinary=False, cite="BIS guidance of 2025-05-13"),
    _fact("red_flags", _S, _TX, "Which other red flags are there?", cite="15 CFR 732 Supp. 3", values={
        "none": "none of these",
        "technical_level": "the item does not fit the technical level of the place it goes to",
        "little_background": "the customer has little or no business background",
        "cash": "the customer pays cash for an expensive item",
        "unfamiliar": "the customer does not know what the item does and wants it all the same",
        "services_declined": "routine installation, training or maintenance is declined",
        "route": "the route is abnormal for the item and its destination",
        "packaging": "the packaging does not fit the stated way of shipment or destination",
        "evasive": "the buyer is evasive on whether the item stays, is exported or reexported",
        "advanced_node_marketing":
            "before 2022-10-07 the customer advertised advanced-node capability that it now "
            "denies",
        "advanced_node_item": "the item is typical of advanced-node work that the customer says it does not do",
        "serves_supercomputers":
            "the customer is known to make things for companies of Macau or D:5 that build "
            "supercomputers",
        "plans_supercomputer": "the customer plans a supercomputer, or circuits that 744.23 reaches",
        "legacy_fab_advanced_tools": "a fab that says it makes legacy nodes orders tools for advanced nodes",
        "ultimate_owner_unknown":
            "the ultimate owner or user is not known, as where a tool goes to a distributor "
            "without a fab",
        "license_never_obtained": "a license that was needed was probably never obtained; a request for service counts",
        "altered_item": "service is asked for an item altered for a more advanced use",
        "designed_for_listed": "a new customer asks for what was designed for a former customer that is now listed",
        "contains_circuit":
            "manufacturing equipment made abroad holds at least one integrated circuit: the "
            "product scope of the direct product rules is presumed",
        "linked_facility":
            "the facility is joined by a bridge, tunnel or otherwise to one that makes "
            "advanced-node circuits",
        "trains_4e091":
            "computing is provided to help train a model of 4E091 for a company headquartered "
            "outside Supp. 5(a) to part 740",
        "name_like_listed": "a name or address is the same as, or like, one on a list",
        "third_party_payment":
            "a third party or third country pays, the end user changes at the last minute, or "
            "normal service is refused",
    }),
]  # fmt: skip


def _of_party(role: str) -> Iterator[Fact]:
    who = role.replace("_", " ")
    of = Subject.EXPORTER if role == "exporter" else Subject.PARTY
    yield Fact(role, Kind.TEXT, of, f"Who is the {who}?", role=role)
    yield Fact(f"{role}_country", Kind.COUNTRY, of, f"In which country is the {who} located?", role=role)
    yield Fact(f"{role}_hq", Kind.COUNTRY, of,
               f"Where is the {who}, or its ultimate parent, headquartered?", role=role)  # fmt: skip
    yield Fact(f"{role}_listed", Kind.SET, of, f"On which restricted-party lists is the {who}?", role=role,
               values=LISTS, ordinary=frozenset({"none"}))  # fmt: skip
    yield Fact(f"{role}_military", Kind.BOOLEAN, of, f"Is the {who} a military end user?", role=role, ordinary=False,
               cite="15 CFR 744.21(g)")  # fmt: skip
    yield Fact(f"{role}_majority_d5", Kind.BOOLEAN, of,
               f"Is the {who} majority-owned by an entity headquartered in Macau or Country Group D:5?", role=role,
               ordinary=False, cite="15 CFR 744.23(d)")  # fmt: skip
    yield Fact(f"{role}_owned_by_listed_percent", Kind.NUMBER, of,
               f"What share of the {who} do parties on the Entity List, the Military End-User List or 744.8 own "
               "together, directly and indirectly?", role=role, unit="percent", ordinary=Decimal(0),
               cite="90 FR 47201")  # fmt: skip


#: The whole vocabulary by name, in the order a person is asked.
FACTS: dict[str, Fact] = {
    fact.name: fact for fact in [*_DECLARED, *(fact for role in ROLES for fact in _of_party(role))]
}


def fact(name: str) -> Fact:
    """The entry for `name` (short names included).

    Raises:
        UnknownFact: the vocabulary holds no such fact.
    """
    found = FACTS.get(SHORT.get(name, name))
    if found is None:
        hint = did_you_mean(name, [*FACTS, *SHORT], otherwise="`licet facts` lists all")
        raise UnknownFact(f"there is no fact called {name!r}", next=hint)
    return found


_TRUE, _FALSE = {"yes", "true", "y", "1"}, {"no", "false", "n", "0"}
_UNKNOWN = {"", "unknown", "?", "n/a", "null", "tbd"}
_NUMBER = re.compile(r"[+-]?(\d+(_\d{3})*|\d{1,3}(,\d{3})+)?(\.\d+)?([eE][+-]?\d{1,3})?")


def parse(name: str, raw: object) -> Any:
    """The value of fact `name` that `raw` stands for, or None when `raw` says that it is not known.

    Args:
        name: a name of the vocabulary.
        raw: text as a person wrote it, or a Python value.

    Returns:
        Decimal for a number, bool for a yes-no, a code for a country, `datetime.date`, str, frozenset of str, or an
        `Among` where `raw` is one or a list with several candidates.

    Raises:
        UnknownFact: the vocabulary holds no such fact.
        BadValue: `raw` cannot be a value of this fact.
    """
    entry = fact(name)
    if raw is None or (isinstance(raw, str) and raw.strip().casefold() in _UNKNOWN):
        return None
    if isinstance(raw, Among):
        return Among((_PARSERS[entry.kind](entry, value) for value in raw.values), raw.why)
    return _PARSERS[entry.kind](entry, raw)


def _bad(entry: Fact, raw: object, why: str, next: str = "") -> BadValue:
    shown = repr(raw) if len(repr(raw)) <= 60 else repr(raw)[:57] + "…"
    return BadValue(f"{entry.name} cannot be {shown}", why=why, next=next)


def _number(entry: Fact, raw: object) -> Decimal:
    if isinstance(raw, bool):
        raise _bad(entry, raw, "it is a number, not a yes or no")
    if isinstance(raw, Decimal):
        value = raw
    elif isinstance(raw, (int, float)):
        value = Decimal(str(raw))  # the digits the caller sees, not the binary fraction behind them
    else:
        text = str(raw).strip()
        if text.casefold() in {"nan", "inf", "-inf", "+inf", "infinity", "-infinity"}:
            raise _bad(entry, raw, "a number must be finite", "leave it empty when it is not known")
        if not any(map(str.isdigit, text)) or len(text) > 60 or not _NUMBER.fullmatch(text):
            unit = f" in {entry.unit}" if entry.unit else ""
            raise _bad(entry, raw, f"it is a plain number{unit}, such as 1234.5", "write the number without its unit")
        try:
            value = Decimal(text.replace(",", "").replace("_", ""))
        except decimal.InvalidOperation:
            raise _bad(entry, raw, "it is not a number") from None
    if not value.is_finite():
        raise _bad(entry, raw, "a number must be finite", "leave it empty when it is not known")
    if value < 0:
        raise _bad(entry, raw, "it cannot be negative")
    if value > Decimal("1e40") or (exponent := value.as_tuple().exponent) == "n" or int(exponent) < -30:
        raise _bad(entry, raw, "it has more digits than any quantity the law asks about")
    return value


def _boolean(entry: Fact, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    text = str(raw).strip().casefold()
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise _bad(entry, raw, "it is yes or no", "leave it empty when it is not known")


def _choice(entry: Fact, raw: object) -> str:
    text = str(raw).strip().casefold().replace(" ", "_").replace("-", "_")
    for value in entry.values or ():
        if value.casefold() == text:
            return value
    allowed = list(entry.values or ())
    hint = did_you_mean(text, allowed)
    raise _bad(entry, raw, f"it is one of {', '.join(allowed)}", hint)


def _set(entry: Fact, raw: object) -> frozenset[str]:
    parts = raw if isinstance(raw, (frozenset, set, list, tuple)) else re.split(r"[+;,|]", str(raw))
    if str(raw).strip().casefold() in _FALSE:
        return frozenset({"none"})
    values = frozenset(_choice(entry, part) for part in parts)
    if len(values) > 1 and "none" in values:
        raise _bad(entry, raw, "none stands alone")
    return values or frozenset({"none"})


def _country(entry: Fact, raw: object) -> str:
    from licet.places import country  # a large table: loaded only by those who ask for it

    text = str(raw).strip()
    if entry.role and text.casefold() in {NOBODY, "nobody", "none"}:
        return NOBODY
    try:
        return country(text)
    except LookupError as error:
        hint = getattr(error, "next", "") or "use the ISO 3166 two-letter code"
        raise _bad(entry, raw, "there is no such country", hint) from None


def _date(entry: Fact, raw: object) -> datetime.date:
    if isinstance(raw, datetime.datetime):
        if raw.time() != datetime.time():
            raise _bad(entry, raw, "it is a day, not a moment", "say whose calendar day it was, as YYYY-MM-DD")
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    text = str(raw).strip()
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise _bad(entry, raw, "a day is written YYYY-MM-DD, such as 2024-06-01")
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise _bad(entry, raw, str(error)) from None


def _text(entry: Fact, raw: object) -> str:
    if isinstance(raw, (bool, bytes, bytearray, list, tuple, Mapping)):
        raise _bad(entry, raw, "it is one text", "write the name alone")
    text = " ".join(str(raw).split())
    if len(text) > 1000:
        raise _bad(entry, raw, f"it has {len(text)} characters, more than 1000")
    return text


def _eccn(entry: Fact, raw: object) -> str:
    text = str(raw).strip().replace(" ", "")
    if text.upper() == "EAR99":
        return "EAR99"
    match = re.fullmatch(r"(\d[A-Ea-e]\d{3})((?:\.?[A-Za-z0-9]{1,3})*)", text)
    if not match:
        raise _bad(entry, raw, "a paragraph is written like 3A090.a, 5A992.z.1 or EAR99")
    return ".".join([match[1].upper(), *re.findall(r"[a-z]+|\d+", match[2].lower())])


_PARSERS = {
    Kind.NUMBER: _number, Kind.BOOLEAN: _boolean, Kind.CHOICE: _choice, Kind.SET: _set, Kind.COUNTRY: _country,
    Kind.DATE: _date, Kind.TEXT: _text, Kind.ECCN: _eccn,
}  # fmt: skip


def shown(value: Any) -> Any:
    """`value` in the form JSON and a person both read: plain numbers, yes/no, codes, ISO days."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and abs(value) < 10**15 else float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return "+".join(sorted(value))
    if isinstance(value, Among) and len(value.values) > 12:
        return value.why or str(value)
    if isinstance(value, Among):
        return {"among": sorted((shown(v) for v in value.values), key=str), **({"why": value.why} if value.why else {})}
    return value


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a question."""
    kinds: dict[Kind, dict[str, Any]] = {
        Kind.NUMBER: {"type": ["number", "string", "null"], "minimum": 0},
        Kind.BOOLEAN: {"enum": [True, False, "yes", "no", "unknown", None]},
        Kind.COUNTRY: {"type": ["string", "null"], "description": "ISO 3166 alpha-2 or a name in any language"},
        Kind.DATE: {"type": "string", "format": "date"},
        Kind.TEXT: {"type": ["string", "null"]},
        Kind.ECCN: {"type": ["string", "null"], "description": "a paragraph such as 3A090.a, or EAR99"},
    }
    properties = {}
    for entry in FACTS.values():
        if entry.derived:
            continue
        shape = kinds.get(entry.kind) or {"enum": [*(entry.values or ()), "unknown", None]}
        if entry.kind is Kind.SET:
            shape = {
                "anyOf": [{"type": "array", "items": {"enum": list(entry.values or ())}}, {"type": ["string", "null"]}]
            }
        unit = {"x-unit": entry.unit} if entry.unit else {}
        properties[entry.name] = {"title": entry.question, **shape, **unit, "x-of": entry.of.value}
    for short, name in SHORT.items():
        properties[short] = {**properties[name], "description": f"short for {name}"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A question to Licet",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }
