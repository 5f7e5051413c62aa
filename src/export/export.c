#include "export/export.h"

#include "export/item.h"
#include "export/member.h"

bool export_format_find(struct str name, enum export_format *out)
{
    static const char *const names[] = {
#define X(name, id, what) name,
        EXPORT_FORMATS(X)
#undef X
    };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, str_from(names[i]))) {
            *out = (enum export_format)i;
            return true;
        }
    return false;
}

bool export_text_find(struct str name, enum export_text *out)
{
    static const char *const names[] = { "sentence", "none", "full" };

    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, str_from(names[i]))) {
            *out = (enum export_text)i;
            return true;
        }
    return false;
}

bool export_write(struct arena *arena, struct buf *out, const json_t *situation,
                  struct str bytes, const struct export_options *options,
                  struct err *err)
{
    struct exporter e = { .arena = arena,
                          .out = out,
                          .situation = situation,
                          .bytes = bytes,
                          .text = options->text,
                          .reports = reports_of(arena, situation) };

    items_gather(&e);
    switch (options->format) {
    case EXPORT_CSV: export_csv(&e, ','); break;
    case EXPORT_TSV: export_csv(&e, '\t'); break;
    case EXPORT_EVIDENCE: export_evidence(&e); break;
    case EXPORT_REPORTS: export_reports(&e); break;
    case EXPORT_DATAPACKAGE: export_datapackage(&e); break;
    case EXPORT_HXL: export_hxl(&e); break;
    case EXPORT_UCDP: export_ucdp(&e); break;
    case EXPORT_ACLED: export_acled(&e); break;
    case EXPORT_POLECAT: export_polecat(&e); break;
    case EXPORT_GDELT_EVENTS: export_gdelt_events(&e); break;
    case EXPORT_GDELT_MENTIONS: export_gdelt_mentions(&e); break;
    case EXPORT_PLOVER: export_plover(&e); break;
    case EXPORT_GEOJSON: export_geojson(&e); break;
    case EXPORT_ANNOTATIONS: export_annotations(&e); break;
    case EXPORT_MARKDOWN: export_markdown(&e); break;
    case EXPORT_BUNDLE: return export_bundle(&e, err);
    }
    return true;
}
