// QR codes (ISO/IEC 18004) by libqrencode.
#pragma once
#include <qrencode.h>
