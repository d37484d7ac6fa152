"""Records made up for the tests, in the official field names."""

EL = "Entity List (EL) - Bureau of Industry and Security"
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
DPL = "Denied Persons List (DPL) - Bureau of Industry and Security"

RECORDS = [
    {"name": "Zhongwei Lantian Semiconductor Technology Co., Ltd.", "alt_names": ["Blue Sky Chips", "ZLST"], "source": EL,
     "addresses": [{"country": "CN"}], "federal_register_notice": "87 FR 77505",
     "license_requirement": "For all items subject to the EAR (See §§734.9(e)(2) and 744.11 of the EAR)4"},
    {"name": "14th Research Institute of Testing", "source": EL, "addresses": [{"country": "CN"}]},
    {"name": "BARZANI, Muhammad Yusuf", "alt_names": ["BARZANY, Mohamed Youssef"], "source": SDN, "type": "Individual",
     "entity_number": "901", "programs": "SDGT", "addresses": [{"country": "IQ"}]},
    {"name": "OBSHCHESTVO S OGRANICHENNOY OTVETSTVENNOSTYU KVARTSOVYY ZAVOD", "source": SDN, "type": "Entity",
     "entity_number": "902", "programs": "RUSSIA-EO14024", "addresses": [{"country": "RU"}]},
    {"name": "TRIUMPH", "source": SDN, "type": "Vessel", "entity_number": "903", "programs": "SDGT"},
]  # fmt: skip
