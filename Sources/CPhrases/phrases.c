#include "CPhrases.h"

/* A language is a file, and what stands here for each of the others: CONTRIBUTING.md, "Add a language". */
static const unsigned char en[] = {
#embed "../SMTPExplain/Phrases/en.tsv"
};
static const unsigned char ar[] = {
#embed "../SMTPExplain/Phrases/ar.tsv"
};
static const unsigned char bg[] = {
#embed "../SMTPExplain/Phrases/bg.tsv"
};
static const unsigned char cs[] = {
#embed "../SMTPExplain/Phrases/cs.tsv"
};
static const unsigned char da[] = {
#embed "../SMTPExplain/Phrases/da.tsv"
};
static const unsigned char de[] = {
#embed "../SMTPExplain/Phrases/de.tsv"
};
static const unsigned char el[] = {
#embed "../SMTPExplain/Phrases/el.tsv"
};
static const unsigned char es[] = {
#embed "../SMTPExplain/Phrases/es.tsv"
};
static const unsigned char et[] = {
#embed "../SMTPExplain/Phrases/et.tsv"
};
static const unsigned char fa[] = {
#embed "../SMTPExplain/Phrases/fa.tsv"
};
static const unsigned char fi[] = {
#embed "../SMTPExplain/Phrases/fi.tsv"
};
static const unsigned char fr[] = {
#embed "../SMTPExplain/Phrases/fr.tsv"
};
static const unsigned char he[] = {
#embed "../SMTPExplain/Phrases/he.tsv"
};
static const unsigned char hi[] = {
#embed "../SMTPExplain/Phrases/hi.tsv"
};
static const unsigned char hu[] = {
#embed "../SMTPExplain/Phrases/hu.tsv"
};
static const unsigned char id[] = {
#embed "../SMTPExplain/Phrases/id.tsv"
};
static const unsigned char it[] = {
#embed "../SMTPExplain/Phrases/it.tsv"
};
static const unsigned char ja[] = {
#embed "../SMTPExplain/Phrases/ja.tsv"
};
static const unsigned char ko[] = {
#embed "../SMTPExplain/Phrases/ko.tsv"
};
static const unsigned char lt[] = {
#embed "../SMTPExplain/Phrases/lt.tsv"
};
static const unsigned char lv[] = {
#embed "../SMTPExplain/Phrases/lv.tsv"
};
static const unsigned char nl[] = {
#embed "../SMTPExplain/Phrases/nl.tsv"
};
static const unsigned char pl[] = {
#embed "../SMTPExplain/Phrases/pl.tsv"
};
static const unsigned char pt[] = {
#embed "../SMTPExplain/Phrases/pt.tsv"
};
static const unsigned char ro[] = {
#embed "../SMTPExplain/Phrases/ro.tsv"
};
static const unsigned char ru[] = {
#embed "../SMTPExplain/Phrases/ru.tsv"
};
static const unsigned char sr[] = {
#embed "../SMTPExplain/Phrases/sr.tsv"
};
static const unsigned char sv[] = {
#embed "../SMTPExplain/Phrases/sv.tsv"
};
static const unsigned char th[] = {
#embed "../SMTPExplain/Phrases/th.tsv"
};
static const unsigned char tr[] = {
#embed "../SMTPExplain/Phrases/tr.tsv"
};
static const unsigned char uk[] = {
#embed "../SMTPExplain/Phrases/uk.tsv"
};
static const unsigned char vi[] = {
#embed "../SMTPExplain/Phrases/vi.tsv"
};
static const unsigned char zh[] = {
#embed "../SMTPExplain/Phrases/zh.tsv"
};

#define FILE_OF(language)                                                                                    \
    { #language, language, sizeof language }

static const phrase_file files[] = {
    FILE_OF(en), FILE_OF(ar), FILE_OF(bg), FILE_OF(cs), FILE_OF(da), FILE_OF(de), FILE_OF(el),
    FILE_OF(es), FILE_OF(et), FILE_OF(fa), FILE_OF(fi), FILE_OF(fr), FILE_OF(he), FILE_OF(hi),
    FILE_OF(hu), FILE_OF(id), FILE_OF(it), FILE_OF(ja), FILE_OF(ko), FILE_OF(lt), FILE_OF(lv),
    FILE_OF(nl), FILE_OF(pl), FILE_OF(pt), FILE_OF(ro), FILE_OF(ru), FILE_OF(sr), FILE_OF(sv),
    FILE_OF(th), FILE_OF(tr), FILE_OF(uk), FILE_OF(vi), FILE_OF(zh),
};

const phrase_file *phrase_file_at(size_t number) {
    return number < sizeof files / sizeof files[0] ? &files[number] : NULL;
}
