/* The ground: arena, strings, buffers, UTF-8, tables, dates, JSON. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/json.h"
#include "base/sort.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"
#include "check.h"

static void check_arena(void)
{
    struct arena a;
    struct arena_mark mark;
    ARRAY(int) numbers = { 0 };
    char *p, *q;

    arena_init(&a, SIZE_MAX);
    p = NEW(&a, char, 10);
    q = NEW(&a, char, 100000);
    CHECK(p != q && p[9] == 0 && q[99999] == 0, "zeroed pieces");
    mark = arena_mark(&a);
    for (int i = 0; i < 1000; i++)
        *PUSH(&a, &numbers) = i;
    CHECK(numbers.count == 1000 && numbers.at[999] == 999 && numbers.at[0] == 0,
          "growth");
    arena_rewind(&a, mark);
    CHECK(a.lent == mark.lent, "rewound to %zu", mark.lent);
    arena_reset(&a);
    CHECK(a.lent == 0 && NEW(&a, int, 3)[2] == 0, "reset, and zeroed again");
    arena_release(&a);
    CHECK(a.block == NULL, "released");
}

/* Takes until the budget is spent; how often that went well. */
static int take_until_spent(size_t budget)
{
    struct arena a;
    volatile int taken = 0;

    arena_init(&a, budget);
    if (setjmp(a.out_of_budget)) {
        arena_release(&a);
        return taken;
    }
    a.guarded = true;
    for (;;) {
        NEW(&a, char, 1000);
        taken++;
    }
}

static void check_budget(void)
{
    CHECK(take_until_spent(0) == 0, "nothing");
    CHECK(take_until_spent(10200) == 10 || take_until_spent(10200) == 9, "ten pieces");
    CHECK(take_until_spent(1 << 20) > 900, "a megabyte");
}

static void check_sort(void)
{
    struct pair {
        char name;
        uint32_t key;
    } pair[] = { { 'a', 3 }, { 'b', 1 }, { 'c', 3 }, { 'd', 2 }, { 'e', 1 } };
    struct {
        struct pair *at;
        uint32_t count;
    } all = { pair, COUNT(pair) }, none = { NULL, 0 };
    char order[COUNT(pair)];

    SORT_BY(&all, key);
    SORT_BY(&none, key);
    for (size_t i = 0; i < COUNT(pair); i++)
        order[i] = pair[i].name;
    CHECK(memcmp(order, "bedac", 5) == 0, "%.5s", order);
}

static void check_str(void)
{
    struct str rest = STR("a,,b"), part;
    uint64_t n = 7;
    int parts = 0;

    while (str_split(&rest, ',', &part))
        parts++;
    CHECK(parts == 3, "%d parts", parts);
    CHECK(str_in(STR("more"), "others|more") && str_in(STR("a"), "a|b"), "any");
    CHECK(!str_in(STR("mor"), "others|more|moral") && !str_in(STR("more"), "mor|ore") &&
              !str_in(STR("|"), "a|b"),
          "not any");
    CHECK(str_eq_fold(STR("CSTO"), STR("csto")) && !str_eq(STR("CSTO"), STR("csto")),
          "fold");
    CHECK(str_find(STR("killed 26"), STR("26")) == 7, "find");
    CHECK(str_find(STR("26"), STR("killed")) == STR_NPOS, "find what is longer");
    CHECK(str_eq(str_trim(STR(" \t26\n")), STR("26")), "trim");
    CHECK(str_to_u64(STR("3000"), &n) && n == 3000, "number");
    CHECK(!str_to_u64(STR("3,000"), &n) && !str_to_u64(STR(""), &n), "no number");
    CHECK(!str_to_u64(STR("99999999999999999999"), &n) && n == 3000, "too long");
    CHECK(str_cmp(STR("ab"), STR("abc")) < 0 && str_cmp(STR("b"), STR("abc")) > 0,
          "order");
    CHECK(str_in(STR("b"), "a|b|c") && str_in(STR("c"), "a|b|c") &&
              !str_in(STR("B"), "a|b|c") && !str_in(STR("a|b"), "a|b|c") &&
              !str_in(STR(""), "a|b|c"),
          "one of a list");
    CHECK(str_in_fold(STR("B"), "a|b|c") && !str_in_fold(STR("bc"), "a|b|c"),
          "one of a list, folded");
    CHECK(str_hash(STR("a")) != str_hash(STR("b")), "hash");
    CHECK(str_ends(STR("a.html"), STR(".html")) && !str_ends(STR("l"), STR(".html")),
          "ends");
}

static void check_buf(void)
{
    struct arena a;
    struct buf b;

    arena_init(&a, SIZE_MAX);
    b = buf_new(&a, 1 << 20);
    for (int i = 0; i < 1000; i++)
        buf_printf(&b, "%d,", i);
    buf_u64(&b, UINT64_MAX);
    buf_code(&b, 0x20ac);
    CHECK(b.len == 3890 + 20 + 3, "%zu bytes", b.len);
    CHECK(str_ends(buf_view(&b), STR("18446744073709551615\xe2\x82\xac")), "end");
    arena_release(&a);
}

static void check_utf8(void)
{
    struct str text = STR("Almaty’s mayor – “no”");
    struct arena a;
    struct utf8_index x;
    size_t len, points = 0;
    bool same = true;

    CHECK(utf8_valid(text) == text.len, "valid");
    CHECK(utf8_valid(STR("a\xc0\x80")) == 1, "overlong");
    CHECK(utf8_valid(STR("a\xed\xa0\x80")) == 1, "surrogate");
    CHECK(utf8_valid(STR("ab\xe2\x82")) == 2, "cut off");
    CHECK(utf8_valid(STR("\xf4\x90\x80\x80")) == 0, "beyond Unicode");
    CHECK(utf8_decode(STR("\xe2\x80\x99"), &len) == 0x2019 && len == 3, "decode");
    arena_init(&a, SIZE_MAX);
    x = utf8_index_of(&a, text);
    for (size_t i = 0; i <= text.len; i++) {
        same = same && utf8_point_at(&x, (uint32_t)i) == points;
        points += i < text.len && utf8_is_start(text.ptr[i]);
    }
    /* Inside a character the next one's number is given. */
    CHECK(utf8_point_at(&x, (uint32_t)text.len) == utf8_count(text), "end");
    CHECK(same, "every byte");
    CHECK(utf8_byte_at(STR("é–x"), 2) == 5, "a byte behind two characters");
    CHECK(utf8_byte_at(STR("é–x"), 9) == 6, "past the end");
    CHECK(utf8_byte_at(STR("é–x"), -1) == 0, "before the beginning");
    CHECK(utf8_lower(0x410) == 0x430 && utf8_is_upper(0x410), "Cyrillic");
    arena_release(&a);
}

static void check_table(void)
{
    struct arena a;
    struct table t = { 0 };
    bool all = true;

    arena_init(&a, SIZE_MAX);
    CHECK(table_find(&t, STR("x")) == NULL, "empty");
    for (uint32_t i = 0; i < 5000; i++) {
        struct buf b = buf_new(&a, 100);

        buf_printf(&b, "key %u", i);
        *table_put(&a, &t, buf_view(&b)) = i;
    }
    for (uint32_t i = 0; i < 5000; i++)
        all = all && *table_find(&t, t.entry[i].key) == i;
    CHECK(all && t.count == 5000, "5000 keys");
    CHECK(*table_put(&a, &t, STR("key 77")) == 77 && t.count == 5000, "put again");
    CHECK(table_find(&t, STR("key 5000")) == NULL, "absent");
    arena_release(&a);
}

static void check_iso(const char *in, const char *want)
{
    struct arena a;
    struct instant t;
    struct str got = STR("none");

    arena_init(&a, SIZE_MAX);
    if (instant_from_iso(str_from(in), &t))
        got = instant_to_iso(&a, t);
    CHECK(str_eq(got, str_from(want)), "\"%s\" read as %.*s", in, STR_ARG(got));
    arena_release(&a);
}

static void check_dates(void)
{
    bool round = true;

    for (int32_t d = -200000; d < 200000; d += 37) {
        struct civil c = date_to_civil(d);

        round = round && date_from_civil(c.year, c.month, c.day) == d;
    }
    CHECK(round, "days to dates and back");
    CHECK(date_from_civil(1970, 1, 1) == 0 && date_from_civil(2022, 1, 7) == 18999,
          "epoch");
    CHECK(date_weekday(date_from_civil(2022, 1, 7)) == 4, "a Friday");
    CHECK(date_valid(2024, 2, 29) && !date_valid(2023, 2, 29) &&
              !date_valid(2023, 13, 1),
          "leap");
    check_iso("2022-01-07", "2022-01-07");
    check_iso("20220107", "2022-01-07");
    check_iso("2022-01", "2022-01");
    check_iso("2022-01-07T09:12Z", "2022-01-07T09:12:00Z");
    check_iso("2022-01-07T09:12:33.250+0600", "2022-01-07T09:12:33+06:00");
    check_iso("2022-01-07 09:12:33 -04:30", "2022-01-07T09:12:33-04:30");
    check_iso("2022-01-07T09:12:00", "2022-01-07T09:12:00");
    check_iso("2022-02-30", "none");
    check_iso("2022-01-07T25:00", "none");
    check_iso("202201", "none");
    check_iso("7 January", "none");
    check_iso("", "none");
}

static void check_json(void)
{
    struct arena a;
    struct buf b;
    struct json j;

    arena_init(&a, SIZE_MAX);
    b = buf_new(&a, 1000);
    j = json_to(&b);
    json_open(&j, '{');
    json_member(&j, "a", STR("\"\\\n\x01é"));
    json_member(&j, "absent", STR(""));
    json_key(&j, "b");
    json_open(&j, '[');
    json_i64(&j, INT64_MIN);
    json_fixed(&j, 43.25, 5);
    json_fixed(&j, -0.000001, 5);
    json_fixed(&j, 100, 5);
    json_bool(&j, false);
    json_none(&j);
    json_close(&j, ']');
    json_close(&j, '}');
    CHECK(str_eq(buf_view(&b),
                 STR("{\"a\":\"\\\"\\\\\\n\\u0001é\",\"b\":[-9223372036854775808,"
                     "43.25,0,100,false,null]}")),
          "%.*s", STR_ARG(buf_view(&b)));
    b.len = 0;
    json_fixed(&j, -1e308, 5); /* all its digits, in their room */
    CHECK(b.len > 309 && str_starts(buf_view(&b), STR(",-1")), "%zu", b.len);
    arena_release(&a);
}

int main(void)
{
    check_arena();
    check_budget();
    check_sort();
    check_str();
    check_buf();
    check_utf8();
    check_table();
    check_dates();
    check_json();
    return check_done();
}
