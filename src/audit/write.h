/* write.h - an audit as JSON, Markdown or text.
 *
 * JSON is corrob.audit/1 (docs/formats.md): the brief and the sources as
 * corrob.article/1, and each check with its place and what the sources say; offsets in
 * code points.  `corrob verify` follows them.
 */
#ifndef CORROB_AUDIT_WRITE_H
#define CORROB_AUDIT_WRITE_H

#include "audit/audit.h"
#include "base/buf.h"

/* id: what each source is called, in their order. */
void audit_write_json(struct arena *arena, struct buf *out, const struct audit *a,
                      const struct str *id);
void audit_write_markdown(struct buf *out, const struct audit *a);
/* As a compiler tells it: a line a check, what stands there instead below it. */
void audit_write_text(struct buf *out, const struct audit *a);

#endif
