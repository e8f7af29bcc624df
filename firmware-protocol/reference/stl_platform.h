/* What is not the same on all chips: where constant text is, and what computes the CRC fastest. */
#ifndef STL_PLATFORM_H
#define STL_PLATFORM_H
#include <stdint.h>
#include <string.h>

#ifdef __AVR__
/* Constant text stays in flash, which is another address space than RAM. */
#include <avr/pgmspace.h>
#include <util/crc16.h>
#define STL_TEXT(text) PSTR(text)
#define STL_CHAR(at) ((char)pgm_read_byte(at))
#define stl_same(word, text) (strcmp_P((word), (text)) == 0)
/* CRC-16/CCITT-FALSE with the start value 0xFFFF; _crc_ccitt_update would be the reflected variant. */
#define stl_crc16(crc, byte) _crc_xmodem_update((crc), (byte))
#else
#define STL_TEXT(text) (text)
#define STL_CHAR(at) (*(at))
#define stl_same(word, text) (strcmp((word), (text)) == 0)
static inline uint16_t stl_crc16(uint16_t crc, uint8_t byte) {
  crc = (uint16_t)(crc ^ (byte << 8));
  for (int bit = 0; bit < 8; bit++) crc = (uint16_t)((crc << 1) ^ (crc & 0x8000u ? 0x1021u : 0u));
  return crc;
}
#endif
#endif
