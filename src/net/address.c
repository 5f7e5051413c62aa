#include "net/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "base/buf.h"

#define ADDRESS_MAX 2000

static size_t scheme_length(struct str s)
{
    return str_starts_fold(s, STR("https://"))  ? 8
           : str_starts_fold(s, STR("http://")) ? 7
                                                : 0;
}

/* Bytes of "https://user@host:port". */
static size_t origin_length(struct str s)
{
    size_t n = scheme_length(s);

    while (n < s.len && s.ptr[n] != '/' && s.ptr[n] != '?' && s.ptr[n] != '#')
        n++;
    return n;
}

bool address_is_web(struct str s)
{
    if (s.len > ADDRESS_MAX || address_host(s).len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] <= ' ' || s.ptr[i] == '\x7f' || s.ptr[i] == '\\')
            return false;
    return true;
}

struct str address_host(struct str url)
{
    size_t scheme = scheme_length(url), at;
    struct str host = str_slice(url, scheme, scheme ? origin_length(url) : 0);

    while ((at = str_find_char(host, '@')) != STR_NPOS)
        host = str_after(host, at + 1);
    if (str_starts(host, STR("["))) {
        at = str_find_char(host, ']');
        return at == STR_NPOS ? (struct str){ NULL, 0 } : str_slice(host, 1, at);
    }
    at = str_find_char(host, ':');
    return at == STR_NPOS ? host : str_slice(host, 0, at);
}

struct str address_origin(struct str url)
{
    return str_slice(url, 0, origin_length(url));
}

static struct str until(struct str s, char c)
{
    size_t at = str_find_char(s, c);

    return at == STR_NPOS ? s : str_slice(s, 0, at);
}

struct str address_path(struct str url)
{
    struct str path = until(str_after(url, origin_length(url)), '#');

    return path.len > 0 ? path : STR("/");
}

/* ---- links ---- */

/* "mailto:", "javascript:": letters and a colon. */
static bool has_scheme(struct str s)
{
    size_t n = 0;

    while (n < s.len && (ascii_is_letter(s.ptr[n]) || ascii_is_digit(s.ptr[n]) ||
                         s.ptr[n] == '+' || s.ptr[n] == '-' || s.ptr[n] == '.'))
        n++;
    return n > 0 && n < s.len && s.ptr[n] == ':' && ascii_is_letter(s.ptr[0]);
}

/* "/a/b/../c/./d" -> "/a/c/d"; the query is left alone. */
static void put_path(struct buf *b, struct str path)
{
    struct str query = { NULL, 0 }, part;
    size_t origin = b->len, at = str_find_char(path, '?');
    bool open = false; /* a slash is due at the end */

    if (at != STR_NPOS) {
        query = str_after(path, at);
        path = str_slice(path, 0, at);
    }
    if (str_starts(path, STR("/")))
        path = str_after(path, 1);
    while (str_split(&path, '/', &part)) {
        open = str_eq(part, STR(".")) || str_eq(part, STR(".."));
        if (str_eq(part, STR("..")))
            while (b->len > origin && b->ptr[--b->len] != '/')
                ;
        if (open)
            continue;
        buf_char(b, '/');
        buf_str(b, part);
    }
    if (open || b->len == origin)
        buf_char(b, '/');
    buf_str(b, query);
}

/* Line ends and tabs inside a link are left out, blanks become "%20", as browsers do. */
static struct str tidy(struct arena *arena, struct str link)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);

    link = str_trim(link);
    for (size_t i = 0; i < link.len; i++) {
        char c = link.ptr[i];

        if (c == '\n' || c == '\r' || c == '\t')
            continue;
        if (c == ' ')
            buf_str(&b, STR("%20"));
        else
            buf_char(&b, c);
    }
    return until(buf_view(&b), '#');
}

/* Where a relative link begins to count: behind the folder of the base's path. */
static void put_relative(struct buf *b, struct arena *arena, struct str base,
                         struct str link)
{
    struct str path = address_path(base);
    struct buf whole = buf_new(arena, SIZE_MAX / 16);
    size_t end;

    path = until(path, '?');
    end = path.len;
    if (!str_starts(link, STR("?")))
        while (end > 0 && path.ptr[end - 1] != '/')
            end--;
    buf_str(&whole, str_slice(path, 0, end));
    buf_str(&whole, link);
    put_path(b, buf_view(&whole));
}

struct str address_join(struct arena *arena, struct str base, struct str link)
{
    struct buf b = buf_new(arena, SIZE_MAX / 16);
    size_t scheme;
    struct str whole;

    if (link.len > ADDRESS_MAX)
        return (struct str){ NULL, 0 };
    link = tidy(arena, link);
    scheme = scheme_length(base);
    if (scheme_length(link) > 0) {
        buf_str(&b, address_origin(link));
        put_path(&b, address_path(link));
    } else if (has_scheme(link) || scheme == 0) {
        return (struct str){ NULL, 0 };
    } else if (str_starts(link, STR("//"))) {
        buf_str(&b, str_slice(base, 0, scheme));
        link = str_after(link, 2);
        whole = until(until(link, '/'), '?');
        buf_str(&b, whole);
        put_path(&b, str_after(link, whole.len));
    } else {
        buf_str(&b, address_origin(base));
        if (str_starts(link, STR("/")))
            put_path(&b, link);
        else
            put_relative(&b, arena, base, link);
    }
    whole = buf_view(&b);
    return address_is_web(whole) ? whole : (struct str){ NULL, 0 };
}

/* ---- where addresses lead ---- */

struct block {
    uint32_t prefix;
    unsigned bits;
};
/* IANA's registry of special-purpose addresses, with what is multicast or reserved. */
static const struct block special[] = {
    { 0x00000000, 8 },  /* this network */
    { 0x0a000000, 8 },  /* 10/8 private */
    { 0x64400000, 10 }, /* 100.64/10 shared by carriers */
    { 0x7f000000, 8 },  /* loopback */
    { 0xa9fe0000, 16 }, /* 169.254/16 link-local, where clouds keep their secrets */
    { 0xac100000, 12 }, /* 172.16/12 private */
    { 0xc0000000, 24 }, /* 192.0.0/24 protocol assignments */
    { 0xc0000200, 24 }, /* 192.0.2/24 documentation */
    { 0xc0586300, 24 }, /* 192.88.99/24 6to4 relays */
    { 0xc0a80000, 16 }, /* 192.168/16 private */
    { 0xc6120000, 15 }, /* 198.18/15 benchmarking */
    { 0xc6336400, 24 }, /* 198.51.100/24 documentation */
    { 0xcb007100, 24 }, /* 203.0.113/24 documentation */
    { 0xe0000000, 4 },  /* multicast */
    { 0xf0000000, 4 },  /* reserved, broadcast */
};

static bool is_public_4(uint32_t address)
{
    for (size_t i = 0; i < COUNT(special); i++)
        if (address >> (32 - special[i].bits) ==
            special[i].prefix >> (32 - special[i].bits))
            return false;
    return true;
}

static uint32_t word_at(const uint8_t *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* Only 2000::/3 is given out; in it lie tunnels that carry an IPv4 address. */
static bool is_public_6(const uint8_t *b)
{
    static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
    static const uint8_t nat64[12] = { 0x00, 0x64, 0xff, 0x9b };
    uint32_t first = word_at(b);

    if (memcmp(b, mapped, 12) == 0 || memcmp(b, nat64, 12) == 0)
        return is_public_4(word_at(b + 12));
    if (b[0] >> 5 != 1)
        return false;
    if (first >> 16 == 0x2002) /* 6to4 */
        return is_public_4(word_at(b + 2));
    if (first >> 9 == 0x20010000 >> 9 || first == 0x20010db8 ||
        first >> 12 == 0x3fff0000 >> 12)
        return false; /* 2001::/23 with Teredo, documentation */
    return true;
}

bool address_is_public(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        struct sockaddr_in in;

        memcpy(&in, address, sizeof in);
        return is_public_4(ntohl(in.sin_addr.s_addr));
    }
    if (address->sa_family == AF_INET6) {
        struct sockaddr_in6 in6;

        memcpy(&in6, address, sizeof in6);
        return is_public_6(in6.sin6_addr.s6_addr);
    }
    return false;
}
