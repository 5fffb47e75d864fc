"""Office holders, bodies and their second mentions as wire reports write them, on the day of the report."""

from __future__ import annotations

import pytest
from tests.reading.marked import wrong

from onrecord import Reader

CASES = [
    ("[Chinese Vice Premier Wu Yi]{CHN/Wu Yi} spoke.", "2006-05-01"),
    ("[UN Secretary-General Kofi Annan]{-/Annan} spoke.", "2006-05-01"),
    ("[EU foreign policy chief Javier Solana]{-/Solana} spoke.", "2006-05-01"),
    ("[NATO Secretary General Jaap de Hoop Scheffer]{-/Scheffer} spoke.", "2006-05-01"),
    ("[Iran's top nuclear negotiator Ali Larijani]{IRN/Larijani} spoke.", "2006-05-01"),
    ("[Hezbollah leader Sheikh Hassan Nasrallah]{LBN/Nasrallah} spoke.", "2006-08-01"),
    ("[Pope Benedict XVI]{VAT/Benedict} spoke.", "2006-08-01"),
    ("[Thai coup leader General Sonthi Boonyaratglin]{THA/Sonthi} spoke.", "2006-10-01"),
    ("[White House spokesman Tony Snow]{USA/Snow} spoke.", "2006-10-01"),
    ("[State Department spokesman Sean McCormack]{USA/McCormack} spoke.", "2006-10-01"),
    ("[Pentagon chief Donald Rumsfeld]{USA/Rumsfeld} spoke.", "2006-10-01"),
    ("[The White House]{USA/} spoke.", "2006-10-01"),
    ("[The State Department]{USA/} spoke.", "2006-10-01"),
    (
        "BEIJING, Nov. 3 (Xinhua) -- [Foreign Ministry spokeswoman Jiang Yu]{CHN/Jiang Yu} spoke. [The spokeswoman]{CHN/Jiang Yu} denied it.",
        "2006-11-03",
    ),
    ("[A spokesman for British Prime Minister Tony Blair]{GBR/} spoke.", "2006-10-01"),
    ("Tony Blair spoke. [Blair's spokesman]{GBR/} denied it.", "2006-10-01"),
    ("[North Korean leader Kim Jong-Il]{PRK/Kim Jong} spoke. [Kim]{PRK/Kim Jong} left.", "2006-10-01"),
    ("South Korean Unification Minister Lee Jong-seok met North Korean leader Kim Jong-il. [Lee]{KOR/Lee} spoke.", "2006-10-01"),
    (
        "Chinese President Hu Jintao met US President George W. Bush. [President Hu]{CHN/Hu} left. [The US president]{USA/Bush} left.",
        "2006-10-01",
    ),
    ('Chinese President Hu Jintao met US President George W. Bush. "We want peace," [the Chinese leader]{CHN/Hu} said.', "2006-10-01"),
    ("[The Chinese side]{CHN/} spoke.", "2006-10-01"),
    ("[Khartoum]{SDN/} refused.", "2006-10-01"),
    ("[The Interfax news agency]{RUS/Interfax} said so.", "2006-10-01"),
    ("[China's official Xinhua news agency]{CHN/Xinhua} said so.", "2006-10-01"),
    ("[The Tamil Tigers]{LKA/} refused.", "2006-10-01"),
    ("[French Interior Minister Nicolas Sarkozy]{FRA/Sarkozy} spoke.", "2006-10-01"),
    ("[Israeli Prime Minister Ehud Olmert]{ISR/Olmert} spoke. [Olmert]{ISR/Olmert} left.", "2006-10-01"),
    ("[Spokesman Lee Kyung-ho]{-/Lee} spoke.", "2006-10-01"),
    ("[Venezuela's leftist President Hugo Chavez]{VEN/Chavez} spoke.", "2006-10-01"),
    ("[Turkish Prime Minister Recep Tayyip Erdogan's government]{TUR/government} fell.", "2006-10-01"),
    ("[The Foreign Ministry of the Russian Federation]{RUS/} spoke.", "2006-10-01"),
    ("[A foreign ministry official in Seoul]{KOR/} spoke.", "2006-10-01"),
    ("[An Iranian foreign ministry official]{IRN/official} spoke.", "2006-10-01"),
    ("[Ali Hosseini, a member of Iran's parliament,]{IRN/Hosseini} spoke.", "2006-10-01"),
    (
        "[Iranian Defense Minister Mostafa Mohammad Najjar]{IRN/Najjar} spoke. [The defense minister]{IRN/Najjar} left.",
        "2006-10-01",
    ),
    ("[US Defense Secretary Robert Gates]{USA/Gates} spoke. [Gates]{USA/Gates} left. [The Pentagon chief]{USA/Gates} left.", "2007-10-01"),
    ("Palestinian president Mahmud Abbas spoke. [Abbas]{PSE/Abbas} left. [The Palestinian leader]{PSE/Abbas} left.", "2006-10-01"),
    ("Malaysian Prime Minister Abdullah Ahmad Badawi met Hosni Mubarak. [Abdullah]{MYS/Abdullah} spoke.", "2006-10-01"),
    ("Sudanese President Omar al-Beshir spoke. [Beshir]{SDN/Be} left.", "2006-10-01"),
    ("Libyan leader Moamer Kadhafi spoke. [Kadhafi]{LBY/} left. [He]{LBY/} laughed.", "2006-10-01"),
    ("[Philippine President Gloria Arroyo]{PHL/Arroyo} spoke. [She]{PHL/Arroyo} left.", "2006-10-01"),
    ("The leaders of India and Pakistan met. [They]{IND/;PAK/} agreed.", "2006-10-01"),
    ("[Somalia's Islamic Courts Union]{SOM/} attacked. [The Islamists]{!generic} won.", "2006-10-01"),
    ("[Officials in Baghdad]{IRQ/officials} spoke.", "2006-10-01"),
    ("[Police in Baghdad]{IRQ/} spoke.", "2006-10-01"),
    ("[A military spokesman in Colombo]{LKA/} spoke.", "2006-10-01"),
    ("[A US military spokesman]{USA/spokesm} spoke.", "2006-10-01"),
    ("[Lebanon's anti-Syrian majority]{!generic} spoke.", "2006-10-01"),
    (
        "[German Foreign Minister Frank-Walter Steinmeier and his French counterpart Philippe Douste-Blazy]{DEU/Steinmeier;FRA/Douste} spoke.",
        "2006-10-01",
    ),
    ("[Kim Gye-gwan, North Korea's chief nuclear envoy,]{PRK/Kim} spoke.", "2006-10-01"),
    (
        "[The UN Security Council]{-/Security Council} met. [The council]{-/Security Council} voted. [The 15-nation body]{-/Security} left.",
        "2006-10-01",
    ),
    ("[The European Commission]{-/Commission} spoke. [The commission]{-/Commission} refused.", "2006-10-01"),
    ("[Jakarta]{IDN/} refused. [The government]{IDN/government} will act.", "2006-10-01"),
    ("[Beijing and Moscow]{CHN/;RUS/} refused.", "2006-10-01"),
    ("[The Israeli army]{ISR/} fired. [The army]{ISR/} denied it.", "2006-10-01"),
    ("[Taleban militants]{AFG/} attacked.", "2006-10-01"),
    ("[Former US president Jimmy Carter]{USA/Carter} spoke. [The former president]{USA/Carter} left.", "2006-10-01"),
    ("[Danish Foreign Minister Per Stig Moeller]{DNK/Moeller} spoke.", "2006-10-01"),
    ("[Myanmar's military government]{MMR/} refused. [The junta]{MMR/} denied it.", "2006-10-01"),
    ("[Aung San Suu Kyi]{MMR/Suu Kyi} spoke. [She]{MMR/Suu} left.", "2006-10-01"),
    ("[Iraqi Shiite cleric Moqtada al-Sadr]{IRQ/Sadr} spoke. [Sadr]{IRQ/Sadr} left. [The cleric]{IRQ/Sadr} left.", "2006-10-01"),
    ("[British Foreign Secretary Margaret Beckett]{GBR/Beckett} spoke. [The foreign secretary]{GBR/Beckett} left.", "2006-10-01"),
    ("Japanese Prime Minister Shinzo Abe spoke. [His Chinese counterpart]{CHN/Wen Jiabao} was absent.", "2006-12-01"),
    ("Sudan's army fought the Rapid Support Forces (RSF). [The RSF]{SDN/Rapid Support} won. [The group]{SDN/Rapid} left.", "2023-06-01"),
    ("The Southern Lake Council (SLC) met. [The SLC]{-/Southern Lake Council} voted.", "2006-12-01"),
    ("[The Hormuz Monitor]{-/Hormuz Monitor} reported it. [The newspaper]{-/Hormuz Monitor} named nobody.", "2006-12-01"),
    ("[Its]{KEN/Kenya} offer stands, Kenya said.", "2006-12-01"),
    ("Kenya refused. Its spokeswoman, [Akinyi Owino]{KEN/Akinyi Owino}, left.", "2006-12-01"),
]


@pytest.mark.parametrize(("text", "published"), CASES)
def test_wire_style(reader: Reader, text: str, published: str) -> None:
    assert wrong(reader, text, published) == []
