/* libxml2 for Swift: its types, and the calls that Swift cannot make itself (swift.md 1.2). */
#ifndef CXML_H
#define CXML_H

#include <libxml/xmlversion.h>
/* Debian builds libxml2 with ICU; its headers clash with Foundation's own ICU module. We use no ICU type. */
#undef LIBXML_ICU_ENABLED
#include <libxml/c14n.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <stdint.h>

/* One report of libxml2, the same in every version of it. Valid only during the call. */
typedef struct {
  int domain, code, level, line, column, number;
  const char *message; /* English, ends with a line end */
  const char *first;   /* the names the message mentions; may be NULL */
  const char *second;
  const xmlNode *node; /* may be NULL, an element or an attribute */
} cxml_problem;

typedef struct {
  void (*report)(void *user, const cxml_problem *problem);
  void *user;
} cxml_sink;

/* A file that schemas may import, by the name they import it under. */
typedef struct {
  const char *name;
  const uint8_t *bytes;
  int count;
} cxml_file;

/* Initialises libxml2 and shuts its doors: no catalogs, no files, no network, nothing on stderr. Call once, first. */
void cxml_start(void);

/* Parses UTF-8; NULL when libxml2 gave up. The result may be incomplete when anything was reported. */
xmlDocPtr cxml_parse(const uint8_t *bytes, int count, const char *name, cxml_sink *sink);

/* Parses UTF-8 and calls `handler` with `user` for what it meets; `schema` may be NULL.
   0: not valid, 1: valid or not asked, less: out of memory. Whether it was well formed, `parsing` knows. */
int cxml_read(const uint8_t *bytes, int count, xmlSAXHandler *handler, void *user, xmlSchemaPtr schema,
              cxml_sink *parsing, cxml_sink *validating);

/* Compiles a schema; `files` are all that xs:import and xs:include can reach. `document` must outlive the result. */
xmlSchemaPtr cxml_compile_schema(xmlDocPtr document, const cxml_file *files, int count, cxml_sink *sink);

/* 0: valid; greater: reported problems; less: libxml2 could not decide. */
int cxml_validate(xmlSchemaPtr schema, xmlDocPtr document, cxml_sink *sink);

/* The exclusive canonical form, without comments, of `subtree` (NULL: all) without `omitted` (NULL: nothing).
   Freed with cxml_free; NULL when there is none. */
uint8_t *cxml_canonical(xmlDocPtr document, const xmlNode *subtree, const xmlNode *omitted, int *count);

/* `bytes` of the iconv encoding `encoding` as UTF-8, freed with cxml_free; NULL when iconv does not know it.
   *used < count: the byte there fits nothing. */
uint8_t *cxml_utf8(const char *encoding, const uint8_t *bytes, int count, int *used, int *result_count);

/* Before 2.14 libxml2 leaves the & of a namespace name as the reference &#38;. */
int cxml_keeps_references_in_namespaces(void);

/* For what the functions above gave. */
void cxml_free(void *memory);

/* For what libxml2 gave: xmlFree is a mutable global, which Swift 6 refuses. */
void cxml_free_string(xmlChar *string);

#endif
