#include "CClearcoatCodecs.h"
