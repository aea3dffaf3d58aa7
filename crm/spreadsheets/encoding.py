"""From bytes to text: UTF-8 with or without its mark, GBK and GB18030; everything else refused."""

from pathlib import Path

from crm.spreadsheets.table import UnreadableFile
from crm.text import N_

_UTF8_MARK = b"\xef\xbb\xbf"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode(path: Path, content: bytes) -> str:
    """The text of a file; `UnreadableFile` when it is in no encoding that we read."""
    if content.startswith(_UTF16_MARKS) or content.count(0) * 10 > len(content):
        raise _unreadable(N_("{path} is UTF-16 or no text at all. Save it as CSV in UTF-8."), path)
    try:
        return content.removeprefix(_UTF8_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        if content.startswith(_UTF8_MARK):
            line = content[: error.start].count(b"\n") + 1
            raise _unreadable(
                N_("{path} is broken UTF-8 in line {line}. Save it again as UTF-8."), path, line
            ) from None
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _unreadable(
            N_("{path} is neither UTF-8 nor GBK: line {line} fits neither. Save it as UTF-8."),
            path,
            line,
        ) from None
    if _looks_like_latin(text):
        raise _unreadable(N_("{path} looks like Latin-1 (Windows). Save it as CSV in UTF-8."), path)
    return text


def _looks_like_latin(text: str) -> bool:
    """Western accents read as GBK give rare signs whose second byte is an ASCII letter."""
    common = rare = 0
    for sign in set(text) - {chr(n) for n in range(128)}:
        pair = sign.encode("gb18030")
        if len(pair) == 2 and pair[1] >= 0xA1:
            common += text.count(sign)
        else:
            rare += text.count(sign)
    return rare > common


def _unreadable(text: str, path: Path, line: int | None = None) -> UnreadableFile:
    return UnreadableFile(text, path=path, line=line)
