"""How to fill in a form, as each form says at its head."""

from ..reading.text import Text

YAML = (
    Text(
        "儿童影响评价档案（填写用）。只列出与本项目的类别、类型、阶段、地点有关的问题，影响结论最大的在前。",
        "Dossier of a child impact assessment, to fill in. It asks only what matters for this kind, these types, this stage and place,",
    ),
    Text(
        "在冒号后填写（冒号后留一个空格）。材料没有说明的留空，也可写“未说明”；确实没有的写“无”。两者不会混淆。",
        "what decides most first. Write each answer after the colon and a space. Leave empty what the file does not say (or write",
    ),
    Text(
        "有出处的可写成：{值: 284, 出处: 材料编号, 页码: 3}；还只是打算的加上“状态: 计划”。出处是“材料”中一项的编号。",
        "not stated); write none for what there is none of. The two are never mixed up. Evidence: {value: 284, evidence: m1, page: 3},",
    ),
    Text(
        "随时可以检查：child-impact assess 本文件；补问尚缺的内容：child-impact new --from 本文件 -o 新文件。",
        "where m1 is the id of an entry of documents; what is only intended: standing: planned. Check it: child-impact assess FILE.",
    ),
)

WORKBOOK = (
    Text("怎样填写", "How to fill this in"),
    Text(
        "只填黄色单元格；灰色单元格是说明。只列出与本项目的类别、类型、阶段、地点有关的问题，影响结论最大的在前。",
        "Fill in the yellow cells; the grey ones explain. Only what matters for this proposal is asked, what decides most first.",
    ),
    Text(
        "“事实”表一行一个问题。材料没有说明的留空，也可写“未说明”；确实没有的写“无”。两者不会混淆。",
        "“facts” has one question a row. Leave empty what the file does not say (or write not stated); write none where there is none.",
    ),
    Text(
        "其余各表一行一项。“编号”由您取一个短名，表内不重复。",
        "On the other sheets each row is one entry. The id is a short name of your own, unique on the sheet.",
    ),
    Text(
        "各表上方“本表列全”：所列之外再没有的写“是”；可能还有的写“否”或留空；根本没有这一类的写“无”；不清楚的留空。",
        "Above each list, “list is complete”: yes if there is nothing else; no or empty if there may be more; none if there is none of it.",
    ),
    Text(
        "可多选的，几个选项之间用“、”隔开；下拉框每次给一个，其余自行补写。旁边“列全”写“否”，表示可能还有。",
        "Several values are separated by semicolons; the drop-down gives one at a time. “complete”: no says that there may be more.",
    ),
    Text(
        "日期写成 2026-03-08；只知道月或年的，写 2026-03 或 2026。数字只写数字，单位见说明或表头。",
        "Write dates as 2026-03-08; if only month or year is known, 2026-03 or 2026. Write bare figures; the unit is shown.",
    ),
    Text(
        "“出处”写“材料”表中一项的编号。“状态”：还只是打算的写“计划”，已经做到的留空或写“已完成”。",
        "“evidence” is the id of a row of “documents”. “standing”: planned for what is only intended, else empty or done.",
    ),
    Text(
        "某一格另有出处的，可在该表末尾加一列，表头写成“距离.出处”“距离.页码”或“距离.状态”。",
        "Where one cell of an entry has evidence of its own, add a column with a heading such as “distance.evidence” or “distance.page”.",
    ),
    Text(
        "请不要合并或隐藏单元格，也不要另加工作表；自己的笔记可写在本表，程序不读本表。",
        "Do not merge or hide cells or add sheets; notes of your own can go on this sheet, which is not read.",
    ),
    Text(
        "填好后检查：child-impact assess 本文件。补问尚缺的内容：child-impact new --from 本文件 --format xlsx -o 新文件。",
        "Check it: child-impact assess FILE. Ask what is missing: child-impact new --from FILE --format xlsx -o NEWFILE.",
    ),
)

MERGE = Text(
    "这里只有结论所等的问题。填好后并回档案：child-impact merge 档案 本文件 -o 新文件。",
    "This asks only what the outcome waits for. Bring the answers back with: child-impact merge DOSSIER FILE -o NEWFILE.",
)
