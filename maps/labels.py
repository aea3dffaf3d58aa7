"""What the maps say of their own, in English and Chinese, by stable keys."""

from __future__ import annotations

from maps.views import Language

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# key: (English, Chinese)
TEXTS: dict[str, tuple[str, str]] = {
    "html.lang": ("en", "zh-CN"),
    # figures
    "duration.minutes": ("{m} min", "{m} 分"),
    "duration.hours": ("{h} h", "{h} 小时"),
    "duration.both": ("{h} h {m} min", "{h} 小时 {m} 分"),
    "distance.m": ("{n} m", "{n} 米"),
    "distance.km": ("{n} km", "{n} 公里"),
    "date.day": ("{weekday} {day} {month}", "{month}{day}日 {weekday}"),
    "date.year": ("{day} {year}", "{year}年{day}"),
    "date.span": ("{first} – {last} {year}", "{year}年{first} – {last}"),
    "date.span_years": ("{first} {year} – {last} {to_year}", "{year}年{first} – {to_year}年{last}"),
    "named": ("{name}: {value}", "{name}：{value}"),
    "share": ("{share} ({parts})", "{share}（{parts}）"),
    "of": ("{part} of {whole}", "{part} / {whole}"),
    "visits.one": ("{n} visit", "{n} 次拜访"),
    "visits.other": ("{n} visits", "{n} 次拜访"),
    "customers.one": ("{n} customer", "{n} 家客户"),
    "customers.other": ("{n} customers", "{n} 家客户"),
    "days.one": ("{n} day", "{n} 天"),
    "days.other": ("{n} days", "{n} 天"),
    "reps.one": ("{n} rep", "{n} 名营销人员"),
    "reps.other": ("{n} reps", "{n} 名营销人员"),
    "territories.one": ("{n} territory", "{n} 个拜访区域"),
    "territories.other": ("{n} territories", "{n} 个拜访区域"),
    # every map
    "north": ("N", "北"),
    "code": ("Code", "编号"),
    "close": ("Close", "关闭"),
    "legend": ("Legend", "图例"),
    "grade": ("Grade", "等级"),
    "grade.none": ("not graded", "未定级"),
    "state.done": ("visited", "已拜访"),
    "state.planned": ("planned", "已排期"),
    "state.late": ("overdue", "逾期"),
    "state.unserved": ("due, no place found", "应访未排"),
    "state.not_due": ("not due", "未到期"),
    "empty": ("Nothing to show here yet.", "这里还没有可显示的内容。"),
    "tiles": ("Map: {attribution}", "底图：{attribution}"),
    # a file before it is taken in
    "incoming.subtitle": ("{n} rows with a place", "{n} 行有坐标"),
    "incoming.new": ("new", "新增"),
    "incoming.changed": ("changed", "有变动"),
    "incoming.unchanged": ("unchanged", "无变动"),
    "incoming.line": ("Line {n}", "第 {n} 行"),
    # routes
    "routes.subtitle": (
        "{visits} · {travel} on the road · {distance}",
        "{visits} · 在途 {travel} · {distance}",
    ),
    "routes.subtitle_reps": ("{reps} · {rest}", "{reps} · {rest}"),
    "routes.choose": ("Choose a day", "选择日期"),
    "routes.all": ("All", "全部"),
    "routes.week": ("Week {n}", "第{n}周"),
    "routes.week_short": ("W{n}", "{n}周"),
    "routes.every": ("Every {weekday}", "每个{weekday}"),
    "routes.previous": ("Previous day", "前一天"),
    "routes.next": ("Next day", "后一天"),
    "routes.all_reps": ("All reps", "全部人员"),
    "routes.leave": ("Leave", "出发"),
    "routes.back": ("Back", "返回"),
    "routes.start": ("Start: {name}", "起点：{name}"),
    "routes.end": ("End: {name}", "终点：{name}"),
    "routes.lunch": ("Lunch", "午休"),
    "routes.wait": ("wait {duration}", "等候 {duration}"),
    "routes.leg": ("{travel} · {distance}", "{travel} · {distance}"),
    "routes.stop": ("Stop {n} of {all}", "第 {n} / {all} 站"),
    "routes.arrive": ("Arrives", "到达"),
    "routes.visit": ("Visit", "拜访"),
    "routes.purpose": ("Purpose", "目的"),
    "routes.way": ("Way there", "路程"),
    "routes.kind.appointment": ("Appointment", "预约"),
    "routes.kind.promise": ("Promise due", "承诺到期"),
    "routes.order": ("order and direction", "顺序与方向"),
    "routes.week_number": ("week of the cycle", "周期第几周"),
    "routes.weekday_letters": ("weekday", "星期"),
    "routes.place": ("start and end", "起点与终点"),
    "routes.free": ("No route on this day.", "当天没有路线。"),
    # customers
    "customers.search": ("Find a customer", "查找客户"),
    "customers.all": ("All", "合计"),
    "customers.shown": ("{shown} of {all} shown", "显示 {shown} / {all}"),
    "customers.found_none": ("No customer of that name or code.", "没有该名称或编号的客户。"),
    # places in doubt
    "places.subtitle": ("{count} customers wait for a place", "{count} 个客户的位置待定"),
    "places.all": ("All", "全部"),
    "places.found": ("With candidates", "有候选位置"),
    "places.nothing": ("Without", "无候选位置"),
    "places.open": ("Open in maps", "在地图中打开"),
    "places.asked": ("asked: {provider}", "查询来源：{provider}"),
    "places.no_address": ("no address", "无地址"),
    "places.settle": (
        "To settle one: POST /api/v1/places/CODE/settle with the candidate's number, or with lat "
        "and lon of your own.",
        "确认位置：POST /api/v1/places/客户编码/settle，提交候选编号，或自行给出 lat 和 lon。",
    ),
    # readings of coordinates
    "readings.subtitle": ("{shown} of {all} rows", "显示 {all} 行中的 {shown} 行"),
    "readings.all": ("All", "全部"),
    "readings.line": ("line {n}", "第 {n} 行"),
    "readings.taken": ("read as {system}", "按 {system} 读取"),
    "readings.not_stated": ("system not stated", "未注明坐标系"),
    "readings.apart": ("{distance} from WGS-84", "与 WGS-84 相距 {distance}"),
    "readings.open": ("Open in AMap", "在高德地图中打开"),
    "readings.same": (
        "All readings are the same place: nothing is shifted here.",
        "各坐标系结果相同：此处坐标无偏移。",
    ),
    "readings.hint": (
        "The right reading is the one that lies on the customer's building.",
        "落在客户所在建筑上的即为正确的坐标系。",
    ),
    # territories
    "territories.load": ("Hours needed ÷ available", "所需工时 ÷ 可用工时"),
    "territories.hours": ("{needed} of {available}", "{needed} / {available}"),
    "territories.overload": ("more than there are", "超出可用工时"),
    "territories.rep": ("Rep", "营销人员"),
    "territories.customers": ("Customers", "客户"),
    "territories.clean": (
        "Every customer lies in exactly one territory.",
        "每家客户都恰好属于一个拜访区域。",
    ),
    "what_if.today": ("Today", "现状"),
    "what_if.then": ("Then", "方案"),
    "what_if.figure": ("Figure", "指标"),
    "what_if.moved": ("customers would have another rep", "家客户将更换营销人员"),
    "what_if.choose": ("Which of the two is drawn", "选择显示哪一个"),
    "what_if.dashed": ("Dashed: the boundaries of the other one.", "虚线：另一方案的边界。"),
    # the editor
    "editor.tools": ("Drawing", "绘制"),
    "editor.corners": ("Corners", "顶点"),
    "editor.new": ("New", "新建"),
    "editor.split": ("Split", "拆分"),
    "editor.finish": ("Finish", "完成"),
    "editor.undo": ("Undo", "撤销"),
    "editor.redo": ("Redo", "重做"),
    "editor.rep_elsewhere": ("rep of another district", "其他分公司的营销人员"),
    "editor.corner": (
        "Drag to move, double-click to remove",
        "拖动可移动，双击可删除",
    ),
    "editor.middle": ("Drag to add a corner", "拖动可添加顶点"),
    "editor.hint_corners": (
        "Choose a territory and drag its corners; neighbours follow.",
        "选择区域并拖动顶点，相邻区域会跟随。",
    ),
    "editor.hint_new": (
        "Click corner after corner, double-click the last. Neighbours give up what it takes.",
        "依次点击各顶点，双击结束。相邻区域让出所占部分。",
    ),
    "editor.hint_split": (
        "Click a line across the chosen territory, from outside to outside; double-click its end.",
        "从外到外点击一条穿过所选区域的线，双击结束。",
    ),
    "editor.no_split": (
        "The line must cross the territory's border exactly twice; islands are not split.",
        "分割线须恰好两次穿过区域边界；含岛屿的区域不能拆分。",
    ),
    "editor.changed": ("changed", "已更改"),
    "editor.outside": ("customers in no territory", "家客户不在任何区域"),
    "editor.shared": ("in several", "家位于多个区域"),
    "editor.clean": (
        "Every customer shown lies in exactly one territory.",
        "所示客户都恰好位于一个区域。",
    ),
    "editor.code": ("Code", "编号"),
    "editor.name": ("Name", "名称"),
    "editor.rep": ("Rep's code", "营销人员编号"),
    "editor.new_name": ("New territory", "新拜访区域"),
    "editor.reason": ("Reason, for who approves", "理由（供审批人参考）"),
    "editor.no_reason": ("Drawn on the map", "在地图上绘制"),
    "editor.effect": ("Takes effect on (empty: when approved)", "生效日期（空：批准即生效）"),
    "editor.download": ("Download", "下载"),
    "editor.check": ("Check", "试算"),
    "editor.ask": ("Ask for approval", "提交审批"),
    "editor.sending": ("Asking …", "正在请求……"),
    "editor.would": ("It would do this:", "将产生以下影响："),
    "editor.asked": ("Asked for; it waits for approval.", "已提交，等待审批。"),
    "editor.moved": ("customers change territory", "家客户改变所属区域"),
    "editor.away": (
        "The service does not answer; download the file and keep it.",
        "服务无响应；请下载文件保存。",
    ),
    "territories.outside": ("in no territory", "不在任何区域"),
    "territories.shared": ("in several territories", "同属多个区域"),
    "territories.today": ("Borders of today", "现行边界"),
    "territories.moved": ("Customers who change the rep", "更换营销人员的客户"),
    "territories.change": ("Rep", "营销人员"),
    "territories.overlap": ("Overlap of {a} and {b}", "{a} 与 {b} 重叠"),
    # coverage
    "month.span": ("{begin} to under {end} %", "{begin} % 至不足 {end} %"),
    "month.from": ("{begin} % and more", "{begin} % 及以上"),
    "month.customers": ("Customers", "客户"),
    "month.density": ("Many customers: the darker, the more", "客户密集：颜色越深越多"),
    "month.counted": (
        "Circles count customers; their ring shows how many are overdue and visited",
        "圆圈为客户数，圆环为逾期与已拜访的比例",
    ),
    "month.cluster": (
        "{n} customers: {late} overdue, {done} visited",
        "{n} 个客户：逾期 {late}，已拜访 {done}",
    ),
    "month.late": ("overdue", "逾期"),
    "month.done": ("visited", "已拜访"),
    "month.not_due": ("neither", "其他"),
    "month.white": ("prospects, and nobody visited", "有准客户而无人拜访"),
    "month.people": ("people live here, and nobody was visited", "有人居住而无人拜访"),
    "coverage.share": ("Planned ÷ required", "已排 ÷ 应访"),
    "coverage.done": ("Done ÷ required", "已访 ÷ 应访"),
    "coverage.overdue": ("Overdue", "逾期"),
    "coverage.listed": ("{shown} of {all} listed", "列出 {shown} / {all}"),
    "coverage.none_missed": ("Every due visit has its day.", "所有应访均已排期。"),
    # index
    "index.maps": ("Maps", "地图"),
    "index.reps": ("Reps", "营销人员"),
    "index.rep": ("Rep", "营销人员"),
    "index.days": ("Days", "天数"),
    "index.visits": ("Visits planned", "已排拜访"),
    "index.a_day": ("A day", "日均"),
    "index.travel": ("On the road", "在途"),
    "index.distance": ("Distance", "里程"),
    "index.hours": ("Hours needed ÷ available", "所需工时 ÷ 可用工时"),
    "index.total": ("All", "合计"),
    "index.open": ("Open the routes of {name}", "打开 {name} 的路线"),
    # calendar
    **{
        f"weekday.{n}": (english, "周" + "一二三四五六日"[n])
        for n, english in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))
    },
    **{
        f"weekday_mark.{n}": (english, "一二三四五六日"[n])
        for n, english in enumerate(("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"))
    },
    **{f"month.{n}": (english, f"{n}月") for n, english in enumerate(MONTHS, 1)},
}


def label(language: Language, key: str, /, **params: object) -> str:
    """The text of a key with its placeholders filled; an unknown key is a `KeyError`."""
    english, chinese = TEXTS[key]
    return (chinese if language == "zh" else english).format(**params)


def group(language: Language, *prefixes: str) -> dict[str, str]:
    """The unfilled texts whose keys begin with one of the prefixes, for a page's script."""
    position = 1 if language == "zh" else 0
    return {key: both[position] for key, both in TEXTS.items() if key.startswith(prefixes)}
