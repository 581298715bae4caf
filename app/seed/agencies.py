"""Thirty fictional offices, agencies and neighbours of the district."""

from __future__ import annotations

from app.providers.rules import ProviderDetails, ProviderKind, services_from

_ROWS = (
    ("PUBLIC", "한빛구청 복지정책과", "긴급복지, 기초생활보장", "ECON_BASIC"),
    ("PUBLIC", "한빛구 보건소 방문건강팀", "방문간호, 건강관리", "HEALTH_PHYSICAL"),
    ("PUBLIC", "한빛구 정신건강복지센터", "정신건강 상담, 사례관리", "HEALTH_MENTAL"),
    ("PUBLIC", "한빛구 치매안심센터", "치매검진, 쉼터", "HEALTH_MENTAL,FAMILY_CARE"),
    ("PUBLIC", "한빛고용센터", "취업상담, 실업급여", "JOB_KEEP"),
    ("PUBLIC", "한빛구 자활지원팀", "자활근로", "JOB_KEEP,ECON_BASIC"),
    ("PUBLIC", "한빛구 주거복지팀", "임대주택 안내, 집수리", "HOUSE_INSIDE"),
    ("PUBLIC", "한빛구 여성가족과", "한부모 지원, 아이돌봄", "FAMILY_CARE"),
    ("PUBLIC", "한빛구 드림스타트", "아동 사례관리, 학습지원", "EDU_BASIC,EDU_ENV"),
    ("PUBLIC", "한빛 무료법률구조실", "법률상담, 소송구조", "LEGAL_AID"),
    ("PRIVATE", "가람종합사회복지관", "밑반찬 배달, 말벗, 사례관리", "DAILY_LIVING,SOCIAL_GROUP"),
    ("PRIVATE", "나래노인복지관", "경로식당, 여가교실", "DAILY_LIVING,DAILY_LEISURE"),
    ("PRIVATE", "다솜지역자활센터", "자활사업, 청소", "JOB_KEEP,HOUSE_INSIDE"),
    ("PRIVATE", "한빛장애인복지관", "이동 지원, 보장구 수리", "RIGHTS,HEALTH_PHYSICAL"),
    ("PRIVATE", "햇살재가요양센터", "방문요양, 방문목욕", "FAMILY_CARE,DAILY_LIVING"),
    ("PRIVATE", "한빛푸드뱅크", "식료품, 생필품", "DAILY_LIVING"),
    ("PRIVATE", "은하수 정신건강의원", "외래진료, 상담", "HEALTH_MENTAL"),
    ("PRIVATE", "초록우산 집수리봉사단", "도배·장판, 단열", "HOUSE_INSIDE"),
    ("PRIVATE", "한빛 금융복지상담소", "채무조정, 신용상담", "ECON_ASSET"),
    ("PRIVATE", "온마음 가족상담센터", "가족상담", "FAMILY_RELATION"),
    ("PRIVATE", "여울가정폭력상담소", "상담, 보호시설 연계", "SAFE_IN_FAMILY"),
    ("PRIVATE", "한빛중독관리센터", "음주 상담, 자조모임", "HEALTH_MENTAL"),
    ("PRIVATE", "도란도란 지역아동센터", "방과후 돌봄, 급식", "EDU_BASIC"),
    ("PRIVATE", "사랑나눔병원 사회사업실", "의료비 지원, 퇴원 연계", "HEALTH_PHYSICAL"),
    ("PRIVATE", "한빛교통약자지원", "병원 동행, 이동 지원", "HEALTH_PHYSICAL"),
    ("INFORMAL", "가람동 지역사회보장협의체", "명절 물품, 특화사업", "DAILY_LIVING,SOCIAL_KIN_NEIGHBOR"),
    ("INFORMAL", "가람동 통장협의회", "안부 확인", "SOCIAL_KIN_NEIGHBOR"),
    ("INFORMAL", "나래동 부녀회", "김장, 반찬 나눔", "DAILY_LIVING"),
    ("INFORMAL", "한빛동네 말벗모임", "말벗, 산책", "SOCIAL_GROUP"),
    ("INFORMAL", "다솜교회 나눔부", "쌀, 연탄", "DAILY_LIVING,HOUSE_INSIDE"),
)
AGENCIES = tuple(
    ProviderDetails(
        ProviderKind(kind), name, services_from(services), tuple(needs.split(",")), phone=f"02-0110-{4100 + at}",
        address=f"한빛구 여우비길 {11 + at * 3}", contact="사례 담당",
    )
    for at, (kind, name, services, needs) in enumerate(_ROWS)
)  # fmt: skip
