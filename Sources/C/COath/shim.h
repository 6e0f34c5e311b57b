// One-time codes by the OATH Toolkit.
#pragma once
#include <liboath/oath.h>
