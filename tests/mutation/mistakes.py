"""mistakes.py - the small mistakes that a line of C can hold: operators swapped, numbers off by one,
conditions negated, statements left out, other values returned."""
import re

SWAPS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
    "+": "-", "-": "+", "*": "/", "/": "*", "%": "*", "+=": "-=", "-=": "+=", "++": "--", "--": "++",
    "&": "|", "|": "&", "<<": ">>", ">>": "<<", "*=": "/=", "|=": "&=", "&=": "|=",
}
BINARY = {"+", "-", "*", "/", "%", "&", "|", "<", ">", "<<", ">>"}
TOKEN = re.compile(
    r"[A-Za-z_]\w*|0[xX][0-9a-fA-F]+[uUlL]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[uUlLfF]*|"
    r"<<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|\S")
# Statements that give something back, or say what is so anyway.
LEFT_ALONE = re.compile(r"\s*(free|assert|close|\w+_(done|free|close|unref)|uv_close)\(|\s*\(void\)")


# The star of a pointer is no product.
POINTER = re.compile(r"\b(struct|union|enum)\s+\w+\s*$|\b(char|int|double|void|float|bool|\w+_t)\s*$")
# The greater, or the lesser, of two: of equal ones it is the same.
OF_TWO = re.compile(r"([\w.>\[\]-]+) ([<>]=?) ([\w.>\[\]-]+) \? (?:\1 : \3|\3 : \1)(?![\w.(\[>-])")
# The same over two lines: what is kept is the best so far.
BEST = re.compile(r"(\s*if \()(.+) ([<>])(=?) (.+)\)")
# More room than is asked for is more than enough.
ROOM = re.compile(r"\bmemory_(new|zero|grow)\(")


def masked(text):
    """The text with blanks for comments, strings, characters and directives, as long as before."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group())
    text = re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", blank, text, flags=re.S)
    return re.sub(r"^[ \t]*#(?:\\\n|[^\n])*", blank, text, flags=re.M)


def closing(text, at):
    """The place of the bracket that closes the one at `at`; -1: not in this line."""
    depth = 0
    for i in range(at, len(text)):
        depth += (text[i] == "(") - (text[i] == ")")
        if depth == 0:
            return i
    return -1


def token_changes(line, mask):
    before = ""
    of_two = {match.start(2) for match in OF_TWO.finditer(mask)}
    for match in TOKEN.finditer(mask):
        token, at, end = match.group(), match.start(), match.end()
        value = before and (before[-1].isalnum() or before[-1] in "_)]") and before not in (
            "return", "case", "sizeof", "else")
        if at in of_two or (token == "*" and POINTER.search(mask[:at])):
            pass
        elif token in SWAPS and (token not in BINARY or value):
            yield at, end, SWAPS[token]
        elif token == "!" and not value:
            yield at, end, ""
        elif re.fullmatch(r"\d+[uUlL]*", token) and before != ".":
            digits = re.match(r"\d+", token).group()
            if not ROOM.search(mask):
                yield at, end, str(int(digits) + 1) + token[len(digits):]
            if int(digits) > 0:
                yield at, end, str(int(digits) - 1) + token[len(digits):]
        elif re.fullmatch(r"\d+\.\d*|\.\d+", token):
            yield at, end, "(%s * 1.25)" % token
        elif token in ("true", "false"):
            yield at, end, "false" if token == "true" else "true"
        before = token


def line_changes(line, mask):
    """(kind, the line as it is with the mistake)"""
    for at, end, new in token_changes(line, mask):
        yield "token", line[:at] + new + line[end:]
    for match in re.finditer(r"\b(if|while) \(", mask):
        at = match.end() - 1
        end = closing(mask, at)
        if end > 0:
            yield "condition", "%s(!%s)%s" % (line[:at], line[at:end + 1], line[end + 1:])
    statement = re.fullmatch(r"(\t+)([A-Za-z_*(].*;)\s*", mask)
    if statement and not LEFT_ALONE.match(mask):
        words = statement.group(2)
        is_call = re.match(r"\w+(->\w+|\.\w+)*\(", words)
        is_assignment = re.match(r"[\w*(][^=;]*[-+*/|&]?= ", words) and not re.match(
            r"(const|struct|enum|static|unsigned|int|double|char|bool|size_t|u?int\d+_t|float)\b", words)
        step = re.match(r"[\w>.\[\]-]+(\+\+|--);", words)
        if is_call or is_assignment or step:
            yield "statement", statement.group(1) + ";"
        if re.match(r"(break|continue);", words):
            yield "statement", statement.group(1) + ";"
    answer = re.fullmatch(r"(\s*(?:.*\)\s|else\s)?\s*)return (.+);\s*", line)
    if answer and not mask.strip().startswith("return error"):
        for value in ("!(%s)", "(%s) + 1", "0"):
            yield "return", "%sreturn %s;" % (answer.group(1), value.replace("%s", answer.group(2)))


def of_best(line, after):
    """The comparison with the best so far, its equal taken or not; None: the line is another."""
    match = BEST.fullmatch(line)
    if match is None:
        return None
    head, a, sign, equal, b = match.groups()
    if after.strip() not in ("%s = %s;" % (a, b), "%s = %s;" % (b, a)):
        return None
    return "%s%s %s%s %s)" % (head, a, sign, "" if equal else "=", b)


def in_text(text, code):
    """The lines, and {line: [(kind, the line with a mistake)]} of those lines that are code."""
    lines, mask = text.split("\n"), masked(text).split("\n")
    found = {}
    for n in code:
        if n <= len(lines):
            if re.match(r"\s*assert\(", mask[n - 1]): # what the program itself sees to
                continue
            same = of_best(lines[n - 1], lines[n] if n < len(lines) else "")
            changes = [c for c in line_changes(lines[n - 1], mask[n - 1]) if c[1] != same]
            if changes:
                found[n] = changes
    return lines, found
