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
        ("BEIJING, Nov. 3 (Xinhua) -- [Foreign Ministry spokeswoman Jiang Yu]{CHN/Jiang Yu} spoke. [The spokeswoman]{CHN/Jiang Yu} denied it."),
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
        ("[German Foreign Minister Frank-Walter Steinmeier and his French counterpart Philippe Douste-Blazy]{DEU/Steinmeier;FRA/Douste} spoke."),
        "2006-10-01",
    ),
    ("[Kim Gye-gwan, North Korea's chief nuclear envoy,]{PRK/Kim} spoke.", "2006-10-01"),
    (
        ("[The UN Security Council]{-/Security Council} met. [The council]{-/Security Council} voted. [The 15-nation body]{-/Security} left."),
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


IN_1997 = [
    "[Pakistani Prime Minister Nawaz Sharif]{PAK/Sharif} spoke. [Sharif]{PAK/Sharif} left.",
    "[Turkish Foreign Minister Tansu Ciller]{TUR/Ciller} spoke. [She]{TUR/Ciller} left.",
    "[Burma's military junta]{MMR/} refused.",
    "[Zairean rebel leader Laurent-Desire Kabila]{COD/Kabila} spoke. [The rebel leader]{COD/Kabila} left.",
    "[Zaire]{COD/} refused.",
    "[Yugoslav President Slobodan Milosevic]{SRB/Milosevic} spoke.",
    "[Cambodian co-premier Hun Sen]{KHM/Hun Sen} spoke. [Hun Sen]{KHM/} left.",
    "[Albanian President Sali Berisha]{ALB/Berisha} spoke.",
    "[Palestinian leader Yasser Arafat]{PSE/Arafat} spoke. [Arafat]{PSE/Arafat} left.",
    "[PLO chairman Yasser Arafat]{PSE/Arafat} spoke.",
    "[The Kurdistan Workers' Party (PKK)]{TUR/} attacked.",
    "[Iraqi President Saddam Hussein]{IRQ/Saddam} spoke. [Saddam]{IRQ/Saddam} left.",
    ("[South African President Nelson Mandela]{ZAF/Mandela} spoke. [Mandela]{ZAF/Mandela} left. [The South African leader]{ZAF/Mandela} smiled."),
    "[Russian President Boris Yeltsin]{RUS/Yeltsin} spoke. [The Russian president]{RUS/Yeltsin} left.",
    "[German Chancellor Helmut Kohl]{DEU/Kohl} spoke.",
    "[British Prime Minister John Major]{GBR/Major} spoke.",
    "[The Organisation of African Unity (OAU)]{-/African Unity} met. [The OAU]{-/} voted.",
    "[The Khmer Rouge]{KHM/Khmer} attacked.",
    "[The International Committee of the Red Cross]{-/Red Cross} spoke.",
    "[Amnesty International]{-/Amnesty} spoke.",
    "[The Association of Southeast Asian Nations (ASEAN)]{-/Southeast} met. [The grouping]{-/Southeast} voted.",
    "[Hong Kong's chief executive-designate Tung Chee-hwa]{HKG/Tung} spoke. [Tung]{HKG/Tung} left.",
    "[Hong Kong governor Chris Patten]{HKG/Patten} spoke.",
    "[Israeli Prime Minister Benjamin Netanyahu]{ISR/Netanyahu} spoke. [Netanyahu]{ISR/Netanyahu} left.",
    "[US ambassador to the United Nations Bill Richardson]{USA/Richardson} spoke.",
    "[US Secretary of State Madeleine Albright]{USA/Albright} spoke. [Albright]{USA/Albright} left.",
    "[State Department spokesman Nicholas Burns]{USA/Burns} spoke. [Burns]{USA/Burns} left.",
    "[Chinese Foreign Minister Qian Qichen]{CHN/Qian} spoke. [Qian]{CHN/Qian} left.",
    "[Chinese Premier Li Peng]{CHN/Li Peng} spoke. [Li]{CHN/Li Peng} left.",
    "[Japanese Prime Minister Ryutaro Hashimoto]{JPN/Hashimoto} spoke. [Hashimoto]{JPN/Hashimoto} left.",
    "[South Korean President Kim Young-Sam]{KOR/Kim} spoke. [Kim]{KOR/Kim} left.",
    "[Philippine President Fidel Ramos]{PHL/Ramos} spoke.",
    "[Indonesian Foreign Minister Ali Alatas]{IDN/Alatas} spoke.",
    "[Bosnian Serb leader Radovan Karadzic]{BIH/Karadzic} spoke.",
    "[Bosnia's Moslem-Croat federation]{BIH/} refused.",
    "[The Bosnian Serbs]{BIH/} refused.",
    "[Afghanistan's Taliban militia]{AFG/} attacked. [The militia]{AFG/} won.",
    "[Iranian President Ali Akbar Hashemi Rafsanjani]{IRN/Rafsanjani} spoke. [Rafsanjani]{IRN/Rafsanjani} left.",
    "[French President Jacques Chirac]{FRA/Chirac} met [his Chinese counterpart Jiang Zemin]{CHN/Jiang}.",
    "[Greek Foreign Minister Theodoros Pangalos]{GRC/Pangalos} spoke.",
    "[Saudi King Fahd]{SAU/Fahd} spoke. [The king]{SAU/Fahd} left.",
    "[King Hussein of Jordan]{JOR/Hussein} spoke.",
    "[Jordan's King Hussein]{JOR/Hussein} spoke. [Hussein]{JOR/Hussein} left.",
    "[Belarussian President Alexander Lukashenko]{BLR/Lukashenko} spoke.",
    "[Ukrainian Foreign Minister Hennady Udovenko]{UKR/Udovenko} spoke.",
    "[Colonel Moamer Kadhafi]{LBY/} spoke.",
    "[Nigeria's military ruler General Sani Abacha]{NGA/Abacha} spoke.",
    "[UN special envoy Mohamed Sahnoun]{-/Sahnoun} spoke. [The envoy]{-/Sahnoun} left.",
    "[The White House and the Kremlin]{USA/;RUS/} refused.",
    "Iran refused. [Foreign Minister Ali Akbar Velayati]{IRN/Velayati} spoke in Tehran.",
]

IN_2006 = [
    (
        "Greece said Tuesday it opposed the plan. "
        '"We cannot accept it," [Foreign Minister Dora Bakoyannis]{GRC/Bakoyannis} spoke. [She]{GRC/Bakoyannis} said [Athens]{GRC/} would vote no.'
    ),
    (
        "Thai Prime Minister Surayud Chulanont met Malaysian counterpart Abdullah Badawi on Monday. "
        "[He]{THA/Surayud} said [the two countries]{THA/;MYS/} would fight smuggling."
    ),
    (
        "Somali Islamists accused Ethiopia of sending troops. Addis Ababa denied the charge. "
        '"[Ethiopia]{ETH/} has no troops in Somalia," [Information Minister Berhan Hailu]{ETH/Hailu} said.'
    ),
    ("Syria condemned the killing. [Its]{SYR/} ambassador to Lebanon was recalled. [The Syrian government]{SYR/} said [it]{SYR/} was a crime."),
    (
        "Iran's Ahmadinejad spoke Monday. "
        "[The president]{IRN/Ahmadinejad} said [his country]{IRN/Iran} would not yield. [Ahmadinejad]{IRN/} also met a delegation."
    ),
    (
        "Venezuela's Hugo Chavez accused the United States of plotting. [The US embassy]{USA/} denied the charge. "
        "[The leftist leader]{VEN/Chavez} gave no proof."
    ),
    "The foreign ministers of Russia and China met. [They]{RUS/;CHN/} signed.",
    (
        "Poland blocked talks between the European Union and Russia. "
        "[Warsaw]{POL/} wants [Moscow]{RUS/} to lift a ban. [The Polish prime minister]{POL/Kaczy} refused to yield."
    ),
    "Turkey's parliament voted. [The assembly]{!generic} closed.",
    ("Israel and the Palestinians agreed. [Both sides]{ISR/;PSE/} will stop fire. [Israeli officials]{ISR/} said [they]{ISR/officials} were glad."),
    "Sri Lanka's navy sank a boat. [A navy spokesman]{LKA/} said so. [The spokesman]{LKA/} gave no details.",
    "A senior Ugandan official said the rebels lied. [The official]{UGA/official} said so.",
    "Kim Jong-Il met Hu Jintao. [The North Korean leader]{PRK/Kim} smiled.",
    "South Korea's Unification Ministry spoke. [A ministry official]{KOR/} said so. [The ministry]{KOR/} declined comment.",
    "Lebanese Prime Minister Fuad Siniora urged Hezbollah to return. [The group]{LBN/Hezbollah} refused.",
    "Philippine soldiers killed six Abu Sayyaf rebels. [The military]{PHL/} said so.",
    "In Moscow, [a Kremlin spokesman]{RUS/} refused. In Washington, [the State Department]{USA/} refused.",
    "US Vice President Dick Cheney met Saudi King Abdullah. [Cheney]{USA/Cheney} left. [The king]{SAU/Abdullah} stayed.",
    "Jose Ramos-Horta, East Timor's prime minister, spoke. [Ramos-Horta]{TLS/Ramos} left.",
    '"The talks failed," [Norwegian mediator Erik Solheim]{NOR/Solheim} said. "[We]{NOR/Solheim} tried."',
    "UN chief Kofi Annan met Congo's Joseph Kabila. [Annan]{-/Annan} left. [The UN chief]{-/Annan} smiled.",
    "The Organization of Petroleum Exporting Countries (OPEC) met. [The cartel]{-/} cut output.",
    "Vietnam's Communist Party met. [The party]{VNM/Party} voted.",
    "[The opposition Movement for Democratic Change]{ZWE/Democratic Change} lost in Zimbabwe.",
    "Kosovo's prime minister, Agim Ceku, spoke. [Ceku]{KOS/Ceku} left.",
    "Hu arrived. [Chinese President Hu Jintao]{CHN/Hu} will meet Indian Prime Minister Manmohan Singh. [Singh]{IND/Singh} was glad.",
    "Tehran's mayor spoke. [Iran's supreme leader]{IRN/Khamenei} refused.",
    "Bush and Blair met. [The two]{USA/Bush;GBR/Blair} agreed. [Both leaders]{USA/Bush;GBR/Blair} left.",
]


@pytest.mark.parametrize("text", IN_1997)
def test_wire_style_in_1997(reader: Reader, text: str) -> None:
    assert wrong(reader, text, "1997-04-10") == []


@pytest.mark.parametrize("text", IN_2006)
def test_wire_style_in_2006(reader: Reader, text: str) -> None:
    assert wrong(reader, text, "2006-11-20") == []
