"""How a person is called on second mention, by the naming habits of a state, and the spellings and orders of a name that news uses."""

from __future__ import annotations

import re
import unicodedata

FAMILY_FIRST = {"CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "SGP", "MYS", "KHM"}
CHINESE = set(
    "Ai An Ang Au Bai Bao Bo Cai Cao Chai Chan Chang Chao Chau Che Chen Cheng Cheong Cheung Chi Chia Chiang Chien Chin Ching Chiu Cho Choi Chou Chow Chu Chua Chui "
    "Chung Cui Dai Deng Ding Dong Dou Du Duan Eng Fan Fang Fei Feng Foo Fu Fung Gao Geng Goh Gong Gu Guan Guo Han Hao Hau He Heng Ho Hon Hong Hou Hsiao Hsieh Hsu Hsiung Hu "
    "Hua Huang Hui Hung Huo Jen Ji Jia Jian Jiang Jiao Jin Jing Kan Kang Kao Ke Khaw Khoo Kiang Ko Koh Kong Koo Kou Ku Kuan Kuo Kwok Kwong Lai Lam Lan Lau Law Lee Lei Leung Li "
    "Lian Liang Liao Lien Lim Lin Ling Liou Liu Lo Loh Long Lu Lui Luk Luo Lyu Ma Mao Mau Mei Meng Miao Mo Mok Ng Ngai Nie Ning Niu Ong Ou Pan Pang Pei Peng Ping Poon Pu Qi Qian Qiao "
    "Qin Qiu Qu Quah Que Ran Rao Ren Ruan Seah Sha Shan Shang Shao Shek Shen Sheng Shi Shih Shum Si Sim Sin Siu So Song Soong Su Sui Sun Sung Szeto Tai Tam Tan Tang Tao Tay Teh Teng Teo Tham "
    "Tian Tien To Toh Tong Tsai Tsang Tse Tseng Tso Tsui Tu Tuan Tung U Wan Wang Wei Wen Weng Wong Woo Wu Xi Xia Xiang Xiao Xie Xin Xing Xiong Xu Xue Yam Yan Yang Yao Yau Ye Yeh Yen Yeo Yi Yim Yin "
    "Ying Yiu Yong You Yu Yuan Yue Yuen Yung Zeng Zha Zhai Zhan Zhang Zhao Zhen Zheng Zhi Zhong Zhou Zhu Zhuang Zhuo Zong Zou Zuo".split()
)
KOREAN = set(
    "Ahn An Bae Baek Bahk Ban Bang Byun Bong Cha Chang Chin Chi Cho Choe Choi Chon Chong Chu Chun Chung Do Eo Eom Eum Gang Gil Go Gong Gu Gwak Ha Hahn Ham Han Heo Ho Hong Hur Huh Hwang Hyon Hyun Im In Jang Jeon Jeong Jin "
    "Jo Joo Ju Jun Jung Kang Ki Kil Kim Ko Kong Koo Ku Kwak Kwon Lee Li Lim Ma Maeng Min Mok Moon Mun Myung Na Nam No Noh O Oh Ok Om Pae Paek Pak Pang Park Pyon Pyun Ra Rhee Ri Rim Rim Ro Roh Ryang Ryang Ryom Ryoo Ryu Seo Seok Shim "
    "Shin Sim Sin So Sohn Son Song Suh Sul Sung Tae To U Um Wi Won Woo Yang Ye Yeo Yeon Yi Yim Yo Yon Yoo Yoon Yu Yum Yun".split()
)
SPANISH = {"ARG", "BOL", "CHL", "COL", "CRI", "CUB", "DOM", "ECU", "ESP", "GTM", "HND", "MEX", "NIC", "PAN", "PER", "PRY", "SLV", "URY", "VEN", "GNQ"}
PARTICLES = {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "ibn", "ben", "bint", "ter", "zu", "y", "e", "abu", "abd", "ould", "dela"}
SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV|V|VI|XVI|Baron [A-Z].*|Baroness [A-Z].*|[0-9].*|.*Duke of.*)\.?\Z")
HONORIFICS = re.compile(
    r"(?:(?:Sir|Dame|Lord|Lady|Dr|Dr\.|Sheikh|Shaykh|Sheikha|Prince|Princess|King|Queen|Emperor|Gen\.?|General|Lt\.|Lieutenant|Maj\.|Major|Col\.?|Colonel|Brig\.|Adm\.|Admiral|Marshal|Ayatollah|Grand|Hon\.|Haji|Datuk|Dato|Tun|Tan Sri|Prof\.?|Mr\.?|Mrs\.?|Ms\.?|Pope|Captain|Ratu|Imam|Tuanku|Sultan|Crown|Archbishop|Cardinal|Rt\.|Ambassador|Chief|Al-Hajj|Alhaji|U|Daw|Ceo) )+"
)  # fmt: skip


def fold(text: str) -> str:
    """Lower-case letters only, accents gone: the key under which two spellings of a name are one."""
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("ł", "l").replace("Ł", "L").replace("ı", "i").replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain.lower() if c.isalnum())


def bare(name: str) -> str:
    """A name without honorifics in front and generation or peerage behind."""
    name = re.sub(r"\s*\([^)]*\)", "", name).strip()
    name = SUFFIX.sub("", name).split(",")[0].strip()
    found = HONORIFICS.match(name)
    return name[found.end() :] if found and len(name[found.end() :].split()) > 1 else name


def family_first(name: str, country: str) -> bool:
    """Whether the first word of a name, as English writes it, is the family's."""
    words = name.split()
    if len(words) < 2 or country not in FAMILY_FIRST:
        return False
    known = KOREAN if country in ("KOR", "PRK") else CHINESE
    if country == "VNM":
        return True
    if words[0] not in known:
        return False
    return "-" in words[-1] or words[-1] not in known or country in ("CHN", "KOR", "PRK")


def surnames(name: str, country: str) -> list[str]:
    """The forms used alone on second mention, the usual one first."""
    name = bare(name)
    words = name.split()
    if len(words) == 1:
        return [name]
    if country == "VNM":
        return list(dict.fromkeys([words[-1], words[0]]))
    if family_first(name, country):
        return [words[0]]
    if country in ("MMR", "IDN") and len(words) > 2:
        return list(dict.fromkeys([words[-1], " ".join(words[-2:])]))
    found = [words[-1]]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    if start < len(words) - 1:
        found.insert(0, " ".join(words[start:]))
    for prefix in ("al-", "Al-", "el-", "El-", "as-", "ash-", "at-", "ad-", "ar-", "an-", "az-"):
        if words[-1].startswith(prefix) and len(words[-1]) > 5:
            found.append(words[-1][len(prefix) :][:1].upper() + words[-1][len(prefix) + 1 :])
    if country in SPANISH and len(words) > 2 and words[-2].lower() not in PARTICLES and not words[-2].endswith("."):
        found = [words[-2], f"{words[-2]} {words[-1]}", *found] if len(words) > 3 else [*found, f"{words[-2]} {words[-1]}", words[-2]]
    if "-" in words[-1] and words[-1][0].isupper() and country not in FAMILY_FIRST and not words[-1].startswith(("Al-", "El-")):
        found.append(words[-1].split("-")[-1])
    return [f for f in dict.fromkeys(found) if len(f) > 1]


def spellings(name: str, country: str) -> list[str]:
    """The name as news writes it: without honorifics, without middle initials, and in both orders where families come first."""
    base = bare(name)
    words = base.split()
    found = [base] if base != name else []
    short = [w for n, w in enumerate(words) if n == 0 or not re.fullmatch(r"[A-Z]\.?", w)]
    if len(short) != len(words) and len(short) > 1:
        found.append(" ".join(short))
    if re.fullmatch(r"[A-Z]\.", words[0]) and len(words) > 2:
        found.append(" ".join(words[1:]))
    if len(words) == 2 and (family_first(base, country) or country in ("JPN", "HUN", "TWN")):
        found.append(f"{words[1]} {words[0]}")
    if len(words) == 3 and family_first(base, country) and country in ("KOR", "PRK", "CHN", "TWN"):
        found.append(f"{words[1]} {words[2]} {words[0]}")
    return [f for f in dict.fromkeys(found) if f != name and len(f.split()) > 1]
