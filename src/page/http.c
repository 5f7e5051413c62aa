#include "page/http.h"

#include "page/coding.h"

#define CODINGS_MAX 4 /* one over another; a page has one */

static bool take_line(struct str *rest, struct str *line)
{
    if (!rest->ptr || rest->len == 0 || !str_split(rest, '\n', line))
        return false;
    if (line->len > 0 && line->ptr[line->len - 1] == '\r')
        line->len--;
    return true;
}

bool http_field(struct str *rest, struct str *name, struct str *value)
{
    struct str line;

    while (take_line(rest, &line) && line.len > 0) {
        size_t colon = str_find_char(line, ':');

        if (colon == STR_NPOS || ascii_is_space(line.ptr[0]))
            continue; /* no field, or the folded rest of one */
        *name = str_trim(str_slice(line, 0, colon));
        *value = str_trim(str_after(line, colon + 1));
        return true;
    }
    return false;
}

/* "; charset="utf-8"" */
static struct str parameter(struct str rest, struct str wanted)
{
    struct str part;

    while (str_split(&rest, ';', &part)) {
        size_t equals = str_find_char(part, '=');
        struct str value;

        if (equals == STR_NPOS ||
            !str_eq_fold(str_trim(str_slice(part, 0, equals)), wanted))
            continue;
        value = str_trim(str_after(part, equals + 1));
        if (value.len >= 2 && (value.ptr[0] == '"' || value.ptr[0] == '\'') &&
            value.ptr[value.len - 1] == value.ptr[0])
            value = str_slice(value, 1, value.len - 1);
        return value;
    }
    return (struct str){ NULL, 0 };
}

void http_media(struct str content_type, struct str *media, struct str *charset)
{
    struct str rest = content_type;

    *media = *charset = (struct str){ NULL, 0 };
    if (!str_split(&rest, ';', media))
        return;
    *media = str_trim(*media);
    *charset = parameter(rest, STR("charset"));
}

/* "HTTP/1.1 200 OK" */
static bool status_line(struct str line, uint32_t *status)
{
    size_t space = str_find_char(line, ' ');
    uint64_t n;

    if (!str_starts_fold(line, STR("HTTP/")) || space == STR_NPOS)
        return false;
    line = str_trim(str_after(line, space));
    if (line.len < 3 || !str_to_u64(str_slice(line, 0, 3), &n))
        return false;
    *status = (uint32_t)n;
    return true;
}

bool http_parse(struct str bytes, struct http_response *out)
{
    struct str rest = bytes, line, name, value;

    *out = (struct http_response){ 0 };
    if (!take_line(&rest, &line) || !status_line(line, &out->status))
        return false;
    while (http_field(&rest, &name, &value)) {
        if (str_eq_fold(name, STR("Content-Type")))
            http_media(value, &out->media, &out->charset);
        else if (str_eq_fold(name, STR("Content-Encoding")))
            out->coding = value;
        else if (str_eq_fold(name, STR("Transfer-Encoding")))
            out->chunked = str_ends_fold(value, STR("chunked"));
    }
    out->body = rest.ptr ? rest : (struct str){ NULL, 0 };
    return true;
}

/* ---- chunks ---- */

/* "1a2;name=value"; false when it doesn't begin with hexadecimal digits. */
static bool chunk_size(struct str line, size_t *size)
{
    size_t n = 0, i = 0;

    for (; i < line.len && i < 8; i++) {
        char c = ascii_lower(line.ptr[i]);

        if (ascii_is_digit(c))
            n = n * 16 + (size_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            n = n * 16 + (size_t)(c - 'a') + 10;
        else
            break;
    }
    *size = n;
    line = str_trim(str_after(line, i));
    return i > 0 && (line.len == 0 || line.ptr[0] == ';');
}

/* False when the chunks end before the last one; *out is what there was.  Bytes that
 * don't begin with a chunk were put together before. */
static bool join_chunks(struct arena *arena, struct str bytes, struct str *out)
{
    struct str rest = bytes, line;
    char *joined = NULL;
    size_t len = 0, size;

    *out = bytes;
    while (take_line(&rest, &line) && chunk_size(line, &size)) {
        size_t have = size < rest.len ? size : rest.len;

        if (!joined)
            joined = NEW(arena, char, bytes.len);
        if (have > 0)
            memcpy(joined + len, rest.ptr, have);
        len += have;
        *out = (struct str){ joined, len };
        if (size == 0)
            return true;
        if (have < size)
            return false;
        rest = str_after(rest, have);
        take_line(&rest, &line); /* the line end behind the data */
    }
    return joined == NULL;
}

/* Codings are listed in the order in which they were put on. */
static uint32_t list_codings(struct str coding, struct str *list)
{
    struct str part;
    uint32_t count = 0;

    while (str_split(&coding, ',', &part))
        if (str_trim(part).len > 0 && count < CODINGS_MAX)
            list[count++] = str_trim(part);
    return count;
}

bool http_body(struct arena *arena, const struct http_response *r, bool cut_off,
               size_t limit, struct str *out, struct err *err)
{
    struct str list[CODINGS_MAX];
    uint32_t count = list_codings(r->coding, list);

    *out = r->body;
    if (r->chunked && !join_chunks(arena, r->body, out) && !cut_off)
        return err_set(err, ERR_FORMAT, -1, "its chunks end early");
    while (count > 0)
        if (!coding_undo(arena, list[--count], *out,
                         (struct coding_limits){ limit, cut_off }, out, err))
            return false;
    if (out->len > limit)
        return err_set(err, ERR_LIMIT, -1, "more than %zu MB in one page", limit >> 20);
    return true;
}
