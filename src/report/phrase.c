#include "report/phrase.h"

void phrase_count(struct buf *b, int64_t n)
{
    uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
    char digits[32];
    size_t at = sizeof digits;

    for (uint32_t place = 0; place == 0 || left > 0; place++, left /= 10) {
        if (place > 0 && place % 3 == 0)
            digits[--at] = ',';
        digits[--at] = (char)('0' + left % 10);
    }
    if (n < 0)
        buf_char(b, '-');
    buf_str(b, (struct str){ digits + at, sizeof digits - at });
}

void phrase_plural(struct buf *b, uint64_t n, const char *noun)
{
    phrase_count(b, (int64_t)n);
    buf_printf(b, " %s%s", noun, n == 1 ? "" : "s");
}

struct str phrase_unit(struct arena *arena, const struct finding_figure *f)
{
    struct buf b = buf_new(arena, SIZE_MAX);
    struct str unit = f->unit;

    if ((f->measure != MEASURE_MONEY && f->measure != MEASURE_PRICE) || f->high == 1 ||
        unit.len == 0 || unit.ptr[unit.len - 1] == 's' ||
        !ascii_is_lower(unit.ptr[unit.len - 1]))
        return unit;
    buf_str(&b, unit);
    buf_char(&b, 's');
    return buf_view(&b);
}

void phrase_interval(struct buf *b, int64_t low, int64_t high)
{
    bool from = low != INT64_MIN, to = high != COUNT_OPEN;

    if (!from && !to) {
        buf_str(b, STR("any number"));
    } else if (!from || (to && low < high && low <= 1)) {
        buf_str(b, STR("up to "));
        phrase_count(b, high);
    } else {
        phrase_count(b, low);
        if (!to)
            buf_str(b, STR(" or more"));
        else if (low != high) {
            buf_str(b, STR("–"));
            phrase_count(b, high);
        }
    }
}

/* " UTC+2", " UTC-3:30", " UTC"; nothing when the source gave no zone. */
static void zone(struct buf *b, struct instant t)
{
    int minutes = t.zone < 0 ? -t.zone : t.zone;

    if (t.zone == ZONE_NONE)
        return;
    buf_str(b, STR(" UTC"));
    if (minutes == 0)
        return;
    buf_printf(b, "%c%d", t.zone < 0 ? '-' : '+', minutes / 60);
    if (minutes % 60)
        buf_printf(b, ":%02d", minutes % 60);
}

void phrase_instant(struct buf *b, struct instant t)
{
    struct civil c;

    if (t.precision == INSTANT_NONE)
        return;
    c = date_to_civil(t.day);
    if (t.precision == INSTANT_YEAR) {
        buf_printf(b, "%d", c.year);
    } else if (t.precision == INSTANT_MONTH) {
        phrase_month(b, t.day);
    } else {
        phrase_day(b, t.day);
        if (t.precision == INSTANT_DAY)
            return;
        buf_printf(b, ", %02d:%02d", t.second / 3600, t.second / 60 % 60);
        zone(b, t);
    }
}

struct str phrase_status(enum status s)
{
    static const char *const words[] = { "Single", "Attested", "Corroborated",
                                         "Disputed", "Superseded" };

    return str_from(words[s]);
}

struct str phrase_status_meaning(enum status s)
{
    static const char *const words[] = {
        "one origin reports it",
        "two or more independent origins report that the same claimant says so",
        "two or more independent claimants state compatible facts",
        "accounts with the same scope conflict; both sides are listed",
        "its own claimant has since given another figure",
    };

    return str_from(words[s]);
}

struct str phrase_policy_meaning(enum policy p)
{
    static const char *const words[] = {
        "each figure stands as the interval that its words allow; nothing is averaged, "
        "and no side is preferred",
        "of each toll the most conservative reading is shown, the least of all sides "
        "where accounts differ (tens 10, dozens 12, hundreds 100); disputes stay "
        "listed",
        "of each figure a low and a high are shown: the least lower and the greatest "
        "upper bound reported",
        "the figure that most origins report is shown, or the range of those that as "
        "many "
        "report; the others stay listed",
    };

    return str_from(words[p]);
}

struct str phrase_measure(enum measure m)
{
    static const char *const words[MEASURE_COUNT] = {
        [MEASURE_OTHER] = "Other counts",
        [MEASURE_KILLED] = "Killed",
        [MEASURE_INJURED] = "Injured",
        [MEASURE_CASUALTIES] = "Casualties (killed or injured)",
        [MEASURE_MISSING] = "Missing",
        [MEASURE_DETAINED] = "Detained",
        [MEASURE_ABDUCTED] = "Abducted",
        [MEASURE_DISPLACED] = "Displaced",
        [MEASURE_DEPLOYED] = "Deployed",
        [MEASURE_CROWD] = "Crowd",
        [MEASURE_RELEASED] = "Released",
        [MEASURE_EXPELLED] = "Expelled",
        [MEASURE_INFECTED] = "Infected",
        [MEASURE_SURRENDERED] = "Surrendered",
        [MEASURE_PERCENT] = "Percentages",
        [MEASURE_MONEY] = "Money",
        [MEASURE_RATIO] = "Ratios",
        [MEASURE_DURATION] = "Durations",
        [MEASURE_PRICE] = "Prices",
    };

    return str_from(words[m]);
}

struct pair {
    struct str key, words;
};
#define PAIR(key, words)               \
    {                                  \
        STR_INIT(key), STR_INIT(words) \
    }

static struct str look_up(const struct pair *pair, size_t pairs, struct str key)
{
    for (size_t i = 0; i < pairs; i++)
        if (str_eq_fold(pair[i].key, key))
            return pair[i].words;
    return key;
}

struct str phrase_class(struct str class_name)
{
    static const struct pair classes[] = {
        PAIR("people", "People"),        PAIR("civilian", "Civilians"),
        PAIR("protester", "Protesters"), PAIR("security", "Security forces"),
        PAIR("police", "Police"),        PAIR("military", "Military"),
        PAIR("rebel", "Rebels"),         PAIR("militia", "Militia"),
        PAIR("official", "Officials"),   PAIR("journalist", "Journalists"),
        PAIR("refugee", "Refugees"),     PAIR("criminal", "Criminals"),
        PAIR("prisoner", "Prisoners"),   PAIR("", "Not said who"),
    };

    return look_up(classes, COUNT(classes), class_name);
}

static struct str type_words(enum event_type t)
{
    static const char *const words[EVENT_TYPES] = {
        [EVENT_AGREE] = "Agreement",       [EVENT_CONSULT] = "Meeting",
        [EVENT_SUPPORT] = "Support",       [EVENT_CONCEDE] = "Concession",
        [EVENT_COOPERATE] = "Cooperation", [EVENT_AID] = "Aid",
        [EVENT_RETREAT] = "Retreat",       [EVENT_REQUEST] = "Request",
        [EVENT_ACCUSE] = "Accusation",     [EVENT_REJECT] = "Rejection",
        [EVENT_THREATEN] = "Threat",       [EVENT_PROTEST] = "Protest",
        [EVENT_SANCTION] = "Sanction",     [EVENT_MOBILIZE] = "Mobilisation",
        [EVENT_COERCE] = "Coercion",       [EVENT_ASSAULT] = "Assault",
        [EVENT_INCIDENT] = "Incident",     [EVENT_CLAIM] = "Claim",
        [EVENT_APPOINT] = "Appointment",
    };

    return str_from(words[t]);
}

/* PLOVER's modes. */
static const struct pair modes[] = {
    PAIR("allege", "Allegation"),
    PAIR("disapprove", "Criticism"),
    PAIR("investigate", "Investigation"),
    PAIR("abduct", "Abduction"),
    PAIR("aerial", "Air strike"),
    PAIR("beat", "Beating"),
    PAIR("crowd-control", "Crowd control"),
    PAIR("destroy", "Destruction"),
    PAIR("drone", "Drone strike"),
    PAIR("explosives", "Bombing"),
    PAIR("firearms", "Shooting"),
    PAIR("heavy-weapons", "Shelling"),
    PAIR("sexual", "Sexual assault"),
    PAIR("suicide-attack", "Suicide attack"),
    PAIR("targeted", "Assassination"),
    PAIR("torture", "Torture"),
    PAIR("arrest", "Arrest"),
    PAIR("censor", "Censorship"),
    PAIR("curfew", "Curfew"),
    PAIR("cyber", "Cyberattack"),
    PAIR("deport", "Deportation"),
    PAIR("martial-law", "Emergency rule"),
    PAIR("misinformation", "Misinformation"),
    PAIR("restrict", "Restriction"),
    PAIR("seize", "Seizure"),
    PAIR("withhold", "Withholding"),
    PAIR("phone", "Call"),
    PAIR("third-party", "Mediation"),
    PAIR("visit", "Visit"),
    PAIR("militia", "Recruitment"),
    PAIR("police", "Police deployment"),
    PAIR("troops", "Deployment"),
    PAIR("weapons", "Show of arms"),
    PAIR("boycott", "Boycott"),
    PAIR("demo", "Demonstration"),
    PAIR("hunger", "Hunger strike"),
    PAIR("obstruct", "Blockade"),
    PAIR("riot", "Riot"),
    PAIR("strike", "Strike"),
    PAIR("vandalize", "Vandalism"),
    PAIR("access", "Access granted"),
    PAIR("ceasefire", "Ceasefire"),
    PAIR("disarm", "Disarmament"),
    PAIR("release", "Release"),
    PAIR("resign", "Resignation"),
    PAIR("withdraw", "Withdrawal"),
    PAIR("convict", "Conviction"),
    PAIR("expel", "Expulsion"),
};

struct str phrase_event(const struct finding_event *e)
{
    bool told_by_type = e->type == EVENT_REQUEST || e->type == EVENT_REJECT ||
                        e->type == EVENT_THREATEN;
    struct str words = told_by_type || e->mode.len == 0
                           ? type_words(e->type)
                           : look_up(modes, COUNT(modes), e->mode);

    if (e->type == EVENT_AGREE && e->modality == MODALITY_EXPECTED)
        return STR("Intention");
    return str_eq(words, e->mode) ? type_words(e->type) : words;
}

struct str phrase_modality(enum modality m)
{
    static const char *const words[] = { "",         "did not happen", "denied",
                                         "expected", "alleged",        "hypothetical" };

    return str_from(words[m]);
}

struct str phrase_language(struct str code)
{
    static const struct pair languages[] = {
        PAIR("ar", "Arabic"),    PAIR("bg", "Bulgarian"),  PAIR("bn", "Bengali"),
        PAIR("cs", "Czech"),     PAIR("da", "Danish"),     PAIR("de", "German"),
        PAIR("el", "Greek"),     PAIR("en", "English"),    PAIR("es", "Spanish"),
        PAIR("fa", "Persian"),   PAIR("fi", "Finnish"),    PAIR("fr", "French"),
        PAIR("he", "Hebrew"),    PAIR("hi", "Hindi"),      PAIR("hr", "Croatian"),
        PAIR("hu", "Hungarian"), PAIR("id", "Indonesian"), PAIR("it", "Italian"),
        PAIR("ja", "Japanese"),  PAIR("kk", "Kazakh"),     PAIR("ko", "Korean"),
        PAIR("ky", "Kyrgyz"),    PAIR("ms", "Malay"),      PAIR("nl", "Dutch"),
        PAIR("no", "Norwegian"), PAIR("pl", "Polish"),     PAIR("pt", "Portuguese"),
        PAIR("ro", "Romanian"),  PAIR("ru", "Russian"),    PAIR("sk", "Slovak"),
        PAIR("sr", "Serbian"),   PAIR("sv", "Swedish"),    PAIR("sw", "Swahili"),
        PAIR("th", "Thai"),      PAIR("tr", "Turkish"),    PAIR("uk", "Ukrainian"),
        PAIR("ur", "Urdu"),      PAIR("uz", "Uzbek"),      PAIR("vi", "Vietnamese"),
        PAIR("zh", "Chinese"),
    };
    size_t dash = str_find_char(code, '-');
    struct str base = dash == STR_NPOS ? code : str_slice(code, 0, dash);

    return look_up(languages, COUNT(languages), base);
}

struct str phrase_entity_type(enum entity_type t)
{
    static const char *const words[] = { "Person", "Organisation", "Place", "Group",
                                         "Other" };

    return str_from(words[t]);
}

struct str phrase_precision(enum place_precision p)
{
    static const char *const words[] = {
        [PLACE_UNKNOWN] = "",          [PLACE_POINT] = "exact spot",
        [PLACE_CITY] = "city or town", [PLACE_DISTRICT] = "district",
        [PLACE_REGION] = "region",     [PLACE_COUNTRY] = "country",
    };

    return str_from(words[p]);
}
