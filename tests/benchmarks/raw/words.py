"""Korean words of stored values, as a bare application would keep them."""

from __future__ import annotations

RISK = {"HIGH": "고위험", "MEDIUM": "중위험", "LOW": "저위험", "NONE": ""}
RANK = {"HIGH": 0, "MEDIUM": 1, "LOW": 2, "NONE": 3}
SEX = {"FEMALE": "여", "MALE": "남", None: ""}
KIND = {"SINGLE": "1인 가구", "FAMILY": "일반 가족"}
FLAG = {"LARGE_DOG": "대형견"}
RULE = {"PAIR": "2인 필수"}
RELATION = {"HEAD": "세대주", "SPOUSE": "배우자", "CHILD": "자녀"}
BENEFIT = {"LIVELIHOOD": "생계급여", "MEDICAL": "의료급여", "BASIC_PENSION": "기초연금"}
DWELLING = {
    "DETACHED": "단독주택", "MULTIPLEX": "다가구·빌라", "APARTMENT": "아파트", "PUBLIC_RENTAL": "공공임대", "SEMI_BASEMENT": "반지하",
    "ROOFTOP": "옥탑방", "GOSIWON": "고시원·쪽방", "OTHER": "기타",
}  # fmt: skip
GROUND = {"CONSENT": "본인 동의", None: "근거 없음"}
MODE = {"FACE": "방문-대면", "ABSENT": "방문-부재", "CALL": "전화-통화"}
PURPOSE = {"NURSING": "방문간호", "WELFARE": "복지", "CHECK_IN": "안부확인"}
DUTY = {"NURSE": "간호", "WORKER": "복지"}
GROUP = {"NURSE_REGULAR": "정기관리군", "NURSE_SELF": "자기역량지원군", "NURSE_INTENSIVE": "집중관리군"}
EVENT_KINDS = (
    ("VISIT", "방문·접촉"), ("DISCOVERY", "발굴"), ("RISK", "위험도"), ("TERM", "관리 기준"), ("ASSIGNMENT", "담당"), ("SAFETY", "안전"),
)  # fmt: skip


def phone(digits: str) -> str:
    """«010-1234-5678»."""
    if len(digits) == 11:
        return f"{digits[:3]}-{digits[3:7]}-{digits[7:]}"
    return f"{digits[:2]}-{digits[2:-4]}-{digits[-4:]}" if digits else ""


def age(born_on: object, today: object) -> int:
    """Years on today, of two ISO dates."""
    born, now = str(born_on), str(today)
    return int(now[:4]) - int(born[:4]) - (now[5:] < born[5:])
