/* element.h - HTML's elements as the rules that build a tree group them.
 *
 *     enum element e = element_of(STR("blockquote"));     ELEMENT_BLOCKQUOTE
 *     element_is(e, ELEMENT_SPECIAL | ELEMENT_CLOSES_P)   true: any of them
 *
 * The groups are those of the HTML standard's chapter on tree construction.
 */
#ifndef CORROB_ARTICLE_ELEMENT_H
#define CORROB_ARTICLE_ELEMENT_H

#include "article/dom.h"

#define ELEMENT_SPECIAL 1u   /* "special": ends the search of an end tag */
#define ELEMENT_VOID 2u      /* has no end tag and no content */
#define ELEMENT_FORMAT 4u    /* "formatting": opened again in each block till closed */
#define ELEMENT_IMPLIED 8u   /* its end tag may be left out */
#define ELEMENT_SCOPE 16u    /* what is outside of it is out of scope */
#define ELEMENT_CLOSES_P 32u /* its start tag ends an open paragraph */
#define ELEMENT_HEADING 64u
#define ELEMENT_LEAVES_SVG 128u /* its start tag in a drawing ends the drawing */
#define ELEMENT_OF_HEAD 256u    /* stands in <head> */
#define ELEMENT_OF_TABLE 512u   /* table, its sections and rows: no text of their own */
#define ELEMENT_ENDS_BLOCK 1024u /* its end tag ends all that is open in it */
#define ELEMENT_CELL 2048u /* parts of a table, for which its rows and cells are left */
#define ELEMENT_RAW 4096u  /* what stands in it is not markup */

/* X(name, in markup, tag of the page's tree, groups as element.c abbreviates them), by
 * first letter. */
/* clang-format off */
#define ELEMENTS(X) \
    X(A, a, A, F) X(ABBR, abbr, ABBR, 0) X(ACRONYM, acronym, SPAN, 0) \
    X(ADDRESS, address, ADDRESS, S|P|B) X(APPLET, applet, OTHER, S|C) \
    X(AREA, area, OTHER, S|V) X(ARTICLE, article, ARTICLE, S|P|B) \
    X(ASIDE, aside, ASIDE, S|P|B) X(AUDIO, audio, AUDIO, 0) \
    X(B, b, B, F|L) X(BASE, base, OTHER, S|V|X0) X(BASEFONT, basefont, OTHER, S|V|X0) \
    X(BDI, bdi, SPAN, 0) X(BDO, bdo, SPAN, 0) X(BGSOUND, bgsound, OTHER, S|V|X0) \
    X(BIG, big, SPAN, F|L) X(BLOCKQUOTE, blockquote, BLOCKQUOTE, S|P|L|B) \
    X(BODY, body, BODY, S|L) X(BR, br, BR, S|V|L) X(BUTTON, button, BUTTON, S|B) \
    X(CANVAS, canvas, CANVAS, 0) X(CAPTION, caption, CAPTION, S|C|Z) \
    X(CENTER, center, CENTER, S|P|L|B) X(CITE, cite, CITE, 0) X(CODE, code, CODE, F|L) \
    X(COL, col, OTHER, S|V|Z) X(COLGROUP, colgroup, OTHER, S|Z) \
    X(DD, dd, DD, S|I|L) X(DEL, del, DEL, 0) X(DETAILS, details, DETAILS, S|P|B) \
    X(DFN, dfn, SPAN, 0) X(DIALOG, dialog, DIALOG, P|B) X(DIR, dir, OTHER, S|P|B) \
    X(DIV, div, DIV, S|P|L|B) X(DL, dl, DL, S|P|L|B) X(DT, dt, DT, S|I|L) \
    X(EM, em, EM, F|L) X(EMBED, embed, EMBED, S|V|L) \
    X(FIELDSET, fieldset, FIELDSET, S|P|B) X(FIGCAPTION, figcaption, FIGCAPTION, S|P|B) \
    X(FIGURE, figure, FIGURE, S|P|B) X(FONT, font, FONT, F) \
    X(FOOTER, footer, FOOTER, S|P|B) X(FORM, form, FORM, S) \
    X(FRAME, frame, OTHER, S|V) X(FRAMESET, frameset, OTHER, S) \
    X(H1, h1, H1, S|H|L) X(H2, h2, H2, S|H|L) X(H3, h3, H3, S|H|L) \
    X(H4, h4, H4, S|H|L) X(H5, h5, H5, S|H|L) X(H6, h6, H6, S|H|L) \
    X(HEAD, head, HEAD, S|L) X(HEADER, header, HEADER, S|P|B) \
    X(HGROUP, hgroup, OTHER, S|P|B) X(HR, hr, HR, S|V|L) X(HTML, html, HTML, S|C) \
    X(I, i, I, F|L) X(IFRAME, iframe, IFRAME, S|R) X(IMAGE, image, IMG, 0) \
    X(IMG, img, IMG, S|V|L) X(INPUT, input, INPUT, S|V) X(INS, ins, INS, 0) \
    X(KBD, kbd, SPAN, 0) X(KEYGEN, keygen, OTHER, S|V) \
    X(LABEL, label, LABEL, 0) X(LEGEND, legend, LEGEND, 0) X(LI, li, LI, S|I|L) \
    X(LINK, link, LINK, S|V|X0) X(LISTING, listing, OTHER, S|P|L|B) \
    X(MAIN, main, MAIN, S|P|B) X(MARK, mark, MARK, 0) X(MARQUEE, marquee, OTHER, S|C) \
    X(MATH, math, OTHER, 0) X(MENU, menu, MENU, S|P|L|B) X(META, meta, META, S|V|L|X0) \
    X(NAV, nav, NAV, S|P|B) X(NOBR, nobr, SPAN, F|L) X(NOEMBED, noembed, OTHER, S|R) \
    X(NOFRAMES, noframes, OTHER, S|X0|R) X(NOSCRIPT, noscript, NOSCRIPT, S) \
    X(OBJECT, object, OBJECT, S|C) X(OL, ol, OL, S|P|L|B) \
    X(OPTGROUP, optgroup, OTHER, I) X(OPTION, option, OPTION, I) \
    X(P, p, P, S|I|P|L) X(PARAM, param, OTHER, S|V) \
    X(PLAINTEXT, plaintext, OTHER, S|P) X(PRE, pre, PRE, S|P|L|B) \
    X(Q, q, Q, 0) \
    X(RB, rb, OTHER, I) X(RP, rp, OTHER, I) X(RT, rt, OTHER, I) \
    X(RTC, rtc, OTHER, I) X(RUBY, ruby, SPAN, L) \
    X(S, s, S, F|L) X(SAMP, samp, SPAN, 0) X(SCRIPT, script, SCRIPT, S|X0) \
    X(SEARCH, search, OTHER, S|P|B) X(SECTION, section, SECTION, S|P|B) X(SELECT, select, SELECT, S) \
    X(SMALL, small, SMALL, F|L) X(SOURCE, source, OTHER, S|V) X(SPAN, span, SPAN, L) \
    X(STRIKE, strike, STRIKE, F|L) X(STRONG, strong, STRONG, F|L) \
    X(STYLE, style, STYLE, S|X0|R) X(SUB, sub, SUB, L) X(SUMMARY, summary, SUMMARY, S|P|B) \
    X(SUP, sup, SUP, L) X(SVG, svg, SVG, 0) \
    X(TABLE, table, TABLE, S|C|L|T) X(TBODY, tbody, TBODY, S|T|Z) \
    X(TD, td, TD, S|C|Z) X(TEMPLATE, template, TEMPLATE, S|C|X0) \
    X(TEXTAREA, textarea, TEXTAREA, S|R) X(TFOOT, tfoot, TFOOT, S|T|Z) \
    X(TH, th, TH, S|C|Z) X(THEAD, thead, THEAD, S|T|Z) X(TIME, time, TIME, 0) \
    X(TITLE, title, TITLE, S|X0|R) X(TR, tr, TR, S|T|Z) X(TRACK, track, OTHER, S|V) \
    X(TT, tt, SPAN, F|L) \
    X(U, u, U, F|L) X(UL, ul, UL, S|P|L|B) \
    X(VAR, var, SPAN, L) X(VIDEO, video, VIDEO, 0) \
    X(WBR, wbr, WBR, S|V) \
    X(XMP, xmp, OTHER, S|R)
/* clang-format on */

enum element {
    ELEMENT_TEXT,
    ELEMENT_OTHER, /* of a name not listed */
#define X(name, label, tag, groups) ELEMENT_##name,
    ELEMENTS(X)
#undef X
        ELEMENT_COUNT
};

extern const uint16_t element_groups[ELEMENT_COUNT];
extern const uint8_t element_tags[ELEMENT_COUNT]; /* enum dom_tag */

static inline bool element_is(enum element e, unsigned groups)
{
    return (element_groups[e] & groups) != 0;
}

/* In any case of letters; ELEMENT_OTHER when the standard has no such name. */
enum element element_of(struct str name);

#endif
