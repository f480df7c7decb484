/* The default definitions, messages, schemas and migrations, embedded in the binary. */
#ifndef CRESOURCES_H
#define CRESOURCES_H

#include <stddef.h>

typedef struct {
  const char *path; /* below the top folder: "Workflows/appeal/appeal.bpmn" */
  const unsigned char *bytes;
  size_t size;
} cresources_file;

/* How many files there are. */
size_t cresources_count(void);

/* File number `index`, from 0, in the order of their paths. */
cresources_file cresources_at(size_t index);

#endif
