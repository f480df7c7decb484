#include "CXML.h"

#include <iconv.h>
#include <libxml/catalog.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlIO.h>
#include <stdlib.h>
#include <string.h>

#if LIBXML_VERSION >= 21200
typedef const xmlError *reported;
#else
typedef xmlErrorPtr reported;
#endif

static void relay(void *user, reported error) {
  const cxml_sink *sink = user;
  const cxml_problem problem = {
      .domain = error->domain, .code = error->code, .level = error->level,
      .line = error->line, .column = error->int2, .number = error->int1,
      .message = error->message, .first = error->str1, .second = error->str2, .node = error->node};
  sink->report(sink->user, &problem);
}

/* The files of the compilation that runs on this thread: the loader is one per process and has no other way to know. */
static _Thread_local const cxml_file *open_files;
static _Thread_local int open_count;

static xmlParserInputPtr load(const char *name, const char *public_id, xmlParserCtxtPtr context) {
  (void)public_id;
  for (int i = 0; name && i < open_count; i++) {
    if (strcmp(name, open_files[i].name)) continue;
    xmlParserInputBufferPtr buffer = xmlParserInputBufferCreateMem(
        (const char *)open_files[i].bytes, open_files[i].count, XML_CHAR_ENCODING_NONE);
    xmlParserInputPtr input = buffer ? xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE) : NULL;
    if (input) input->filename = (char *)xmlStrdup((const xmlChar *)name);
    return input;
  }
  return NULL;
}

static void silent(void *context, const char *message, ...) { (void)context, (void)message; }

void cxml_start(void) {
  xmlInitParser();
#ifdef LIBXML_CATALOG_ENABLED
  xmlCatalogSetDefaults(XML_CATA_ALLOW_NONE);
#endif
  xmlSetExternalEntityLoader(load);
  xmlThrDefSetGenericErrorFunc(NULL, silent);
  xmlSetGenericErrorFunc(NULL, silent);
}

/* The bits of later versions (XML_PARSE_NO_XXE 2.13, XML_PARSE_NO_SYS_CATALOG 2.14) mean nothing to earlier ones. */
static const int parse_options = XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_COMPACT | 1 << 23 | 1 << 25;

#if LIBXML_VERSION >= 21300
static void report_to(cxml_sink *sink, xmlParserCtxtPtr context) { xmlCtxtSetErrorHandler(context, relay, sink); }
#else
/* Called with the user data of the events, which is not ours while a schema listens in between. */
static void relay_of_context(void *user, reported error) {
  (void)user;
  relay(((xmlParserCtxtPtr)error->ctxt)->_private, error);
}

static void report_to(cxml_sink *sink, xmlParserCtxtPtr context) {
  context->_private = sink;
  context->sax->serror = relay_of_context;
}
#endif

xmlDocPtr cxml_parse(const uint8_t *bytes, int count, const char *name, cxml_sink *sink) {
  xmlParserCtxtPtr context = xmlNewParserCtxt();
  if (!context) return NULL;
  report_to(sink, context);
  xmlDocPtr document = xmlCtxtReadMemory(context, (const char *)bytes, count, name, NULL, parse_options);
  xmlFreeParserCtxt(context);
  return document;
}

int cxml_read(const uint8_t *bytes, int count, xmlSAXHandler *handler, void *user, xmlSchemaPtr schema,
              cxml_sink *parsing, cxml_sink *validating) {
  xmlParserCtxtPtr context = xmlCreateMemoryParserCtxt((const char *)bytes, count);
  xmlSchemaValidCtxtPtr validator = schema ? xmlSchemaNewValidCtxt(schema) : NULL;
  if (!context || (schema && !validator)) {
    xmlFreeParserCtxt(context);
    xmlSchemaFreeValidCtxt(validator);
    return -1;
  }
  xmlCtxtUseOptions(context, parse_options);
  xmlSAXHandlerPtr original = context->sax;
  handler->initialized = XML_SAX2_MAGIC;
  context->sax = handler;
  context->userData = user;
  xmlSchemaSAXPlugPtr plug = NULL;
  if (validator) {
    xmlSchemaSetValidStructuredErrors(validator, relay, validating);
    plug = xmlSchemaSAXPlug(validator, &context->sax, &context->userData);
  }
  report_to(parsing, context);
  xmlParseDocument(context);
  const int valid = validator ? xmlSchemaIsValid(validator) : 1;
  if (plug) xmlSchemaSAXUnplug(plug);
  if (validator) xmlSchemaFreeValidCtxt(validator);
  context->sax = original;
  xmlFreeParserCtxt(context);
  return valid;
}

xmlSchemaPtr cxml_compile_schema(xmlDocPtr document, const cxml_file *files, int count, cxml_sink *sink) {
  xmlSchemaParserCtxtPtr context = xmlSchemaNewDocParserCtxt(document);
  if (!context) return NULL;
  xmlSchemaSetParserStructuredErrors(context, relay, sink);
  open_files = files;
  open_count = count;
  xmlSchemaPtr schema = xmlSchemaParse(context);
  open_files = NULL;
  open_count = 0;
  xmlSchemaFreeParserCtxt(context);
  return schema;
}

int cxml_validate(xmlSchemaPtr schema, xmlDocPtr document, cxml_sink *sink) {
  xmlSchemaValidCtxtPtr context = xmlSchemaNewValidCtxt(schema);
  if (!context) return -1;
  xmlSchemaSetValidStructuredErrors(context, relay, sink);
  const int result = xmlSchemaValidateDoc(context, document);
  xmlSchemaFreeValidCtxt(context);
  return result;
}

typedef struct {
  const xmlNode *subtree, *omitted;
} selection;

/* `node` may be an attribute or a namespace, which only its `parent` places. */
static int selected(void *user, xmlNodePtr node, xmlNodePtr parent) {
  const selection *chosen = user;
  int inside = chosen->subtree == NULL;
  const xmlNode *at = node && node->type == XML_ELEMENT_NODE ? node : parent;
  for (; at && at->type == XML_ELEMENT_NODE; at = at->parent) {
    if (at == chosen->omitted) return 0;
    if (at == chosen->subtree) inside = 1;
  }
  return inside;
}

uint8_t *cxml_canonical(xmlDocPtr document, const xmlNode *subtree, const xmlNode *omitted, int *count) {
  selection chosen = {subtree, omitted};
  xmlC14NIsVisibleCallback visible = subtree || omitted ? selected : NULL;
  xmlOutputBufferPtr output = xmlAllocOutputBuffer(NULL);
  if (!output) return NULL;
  uint8_t *bytes = NULL;
  if (xmlC14NExecute(document, visible, &chosen, XML_C14N_EXCLUSIVE_1_0, NULL, 0, output) >= 0) {
    *count = (int)xmlOutputBufferGetSize(output);
    bytes = malloc(*count + 1);
    if (bytes) memcpy(bytes, xmlOutputBufferGetContent(output), *count);
  }
  xmlOutputBufferClose(output);
  return bytes;
}

uint8_t *cxml_utf8(const char *encoding, const uint8_t *bytes, int count, int *used, int *result_count) {
  iconv_t converter = iconv_open("UTF-8", encoding);
  if (converter == (iconv_t)-1) return NULL;
  char *in = (char *)bytes;
  size_t in_left = count, out_left = 4 * (size_t)count + 4;
  char *result = malloc(out_left), *out = result;
  if (result) iconv(converter, &in, &in_left, &out, &out_left);
  iconv_close(converter);
  *used = count - (int)in_left;
  *result_count = (int)(out - result);
  return (uint8_t *)result;
}

int cxml_keeps_references_in_namespaces(void) { return LIBXML_VERSION < 21400; }

void cxml_free(void *memory) { free(memory); }

void cxml_free_string(xmlChar *string) { xmlFree(string); }
