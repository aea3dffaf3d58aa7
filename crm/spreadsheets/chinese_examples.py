"""The example row of a template for Chinese readers, where it differs from the English one."""

from crm.vocabulary import ImportKind as K

_REP = {"rep_code": "Y01"}
CHINESE_EXAMPLES: dict[K, dict[str, str]] = {
    K.CUSTOMERS: {
        "name": "济南样例市政工程有限公司",
        "trade": "市政施工",
        "channel": "基建",
        "street": "样例路1号",
        "postcode": "250000",
        "city": "济南市",
        "contact_name": "王经理",
        "contact_phone": "0531-00000001",
        "lat": "36.6667",
        "lon": "117.0132",
        "coordinate_system": "GCJ-02",
        "status": "有效",
        "interval_reason": "正在参与新区管网招标",
        "opening_hours": "周一至周五 08:30-12:00,13:30-17:30",
        "unfit_times": "周一 08:00-10:00；2026-09-30",
    },
    K.REPS: {
        "code": "Y01",
        "name": "王海涛",
        "district_code": "JN",
        "district_name": "济南分公司",
        "region_code": "SD",
        "region_name": "山东大区",
        "start_lat": "36.6687",
        "start_lon": "117.0032",
        "end_lat": "36.6687",
        "end_lon": "117.0032",
        "coordinate_system": "GCJ-02",
        "transport": "汽车",
        "work_weekdays": "周一至周五",
        "country": "CN",
        "timezone": "Asia/Shanghai",
    },
    K.TERRITORIES: {
        "code": "Q01",
        "name": "济南城区",
        "district_code": "JN",
        "geometry": "POLYGON((116.9 36.6, 117.1 36.6, 117.1 36.7, 116.9 36.7, 116.9 36.6))",
        **_REP,
    },
    K.VISITS: _REP,
    K.SALES: {"product": "PE给水管"},
    K.APPOINTMENTS: {"code": "YY001", "note": "年度框架协议洽谈"},
    K.PROMISES: {
        "code": "CN001",
        "what": "寄送检测报告",
        "owner_rep_code": "Y01",
        "to_whom": "采购经理",
    },
    K.CALENDAR: {"workday": "是", "name": "春节调休"},
    K.LEAVE: {"note": "回乡探亲", **_REP},
}
