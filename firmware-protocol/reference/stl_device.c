#include "stl_device.h"
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>

enum { HEARTBEAT_MS = 4000, FLAG_DROPPED_BEFORE = 4, TEXT_MAX = STL_LINE_BYTES - 2 };
enum outcome { DONE = 0, BAD_CRC = 1, BAD_LINE = 2, UNKNOWN = 3, BAD_ARGUMENT = 4 };

static struct {
  uint32_t zero, due, last_sent; /* board_millis() at ticks 0; ticks of the next reading and of the last line */
  uint16_t boot, seq, crc, rate, rest;
  uint8_t dropped, length;
  char line[TEXT_MAX + 2]; /* the text, its CR, and a byte that only too long lines reach */
} dev;

static uint32_t ticks(void) { return board_millis() - dev.zero; }

static void put(char byte) {
  dev.crc = stl_crc16(dev.crc, (uint8_t)byte);
  board_send(byte);
}

static void put_number(uint32_t value) {
  char digits[10];
  uint8_t count = 0;
  for (; value > 0xFFFFu; value /= 10u) digits[count++] = (char)('0' + value % 10u);
  uint16_t rest = (uint16_t)value; /* of which an 8-bit chip takes a third of the time */
  do digits[count++] = (char)('0' + rest % 10u);
  while ((rest = (uint16_t)(rest / 10u)) > 0);
  while (count > 0) put(digits[--count]);
}

static char hex_digit(uint16_t value) { return STL_CHAR(STL_TEXT("0123456789ABCDEF") + (value >> 12)); }

static void put_hex(uint16_t value) {
  for (uint8_t count = 0; count < 4; count++, value = (uint16_t)(value << 4)) put(hex_digit(value));
}

static void put_value(char type, va_list *values) {
  if (type == 'n') put_number(va_arg(*values, uint32_t));
  if (type == 's') for (const char *at = va_arg(*values, const char *); *at != '\0'; at++) put(*at);
  if (type == 't') for (const char *at = va_arg(*values, const char *); STL_CHAR(at) != '\0'; at++) put(STL_CHAR(at));
  if (type == 'u') for (uint8_t at = 0; at < 36; at++) put(board_serial_at(at));
  if (type == 'x') put_hex((uint16_t)va_arg(*values, unsigned));
}

/* Sends a line with %n a uint32_t, %s a word, %t a STL_TEXT, %u the serial number, %x four hexadecimal digits. */
static enum outcome send_line(const char *format, ...) {
  va_list values;
  va_start(values, format);
  dev.crc = 0xFFFFu;
  for (; STL_CHAR(format) != '\0'; format++)
    if (STL_CHAR(format) == '%') put_value(STL_CHAR(++format), &values);
    else put(STL_CHAR(format));
  va_end(values);
  board_send('*');
  put_hex(dev.crc);
  put('\r');
  put('\n');
  dev.last_sent = ticks();
  return DONE;
}

/* Ends `text` at its first blank and gives what is behind it; NULL if there is none. */
static char *cut_word(char *text) {
  char *blank = strchr(text, ' ');
  if (blank != NULL) *blank++ = '\0';
  return blank;
}

/* Whether `word` is the one spelling of a number up to `max`. Compared as text: 2^53 - 1 is more than `value` holds. */
static bool read_number(const char *word, const char *max, uint32_t *value) {
  char order = '=';
  *value = 0;
  if (word == NULL || *word == '\0' || (*word == '0' && word[1] != '\0')) return false;
  for (; *word != '\0'; word++, max++) {
    if (!isdigit((unsigned char)*word) || STL_CHAR(max) == '\0') return false;
    if (order == '=' && *word != STL_CHAR(max)) order = *word < STL_CHAR(max) ? '<' : '>';
    *value = *value * 10u + (uint32_t)(*word - '0');
  }
  return order != '>' || STL_CHAR(max) != '\0';
}

static bool is_tag(const char *word) {
  const char *end = word;
  while (isalnum((unsigned char)*end)) end++;
  return *end == '\0' && end > word && end <= word + 4;
}

/* Carries the remainder of 1000 ms / rate on, so that the pace is exact over any second. */
static void plan_next_reading(uint16_t rate) {
  dev.rate = rate;
  dev.rest = (uint16_t)(dev.rest + 1000u);
  dev.due += dev.rest / dev.rate;
  dev.rest %= dev.rate;
}

/* Carries out a command and answers it; or gives the number of its error, and has changed nothing. */
static enum outcome carry_out(const char *tag, const char *verb, char *argument, uint32_t rx_ticks) {
  const char *const second = argument == NULL ? NULL : cut_word(argument);
  uint32_t value, ticks_at_start;
  if (stl_same(verb, STL_TEXT("START"))) {
    if (second != NULL || !read_number(argument, STL_TEXT(STL_RATE_MAX), &value) || value == 0) return BAD_ARGUMENT;
    if (value != dev.rate) {
      dev.due = ticks();
      dev.rest = 0;
      plan_next_reading((uint16_t)value);
    }
    return send_line(STL_TEXT("=OK,%s,START,%n"), tag, value);
  }
  if (stl_same(verb, STL_TEXT("SYNC"))) {
    if (second != NULL || !read_number(argument, STL_TEXT("9007199254740991"), &value)) return BAD_ARGUMENT;
    return send_line(STL_TEXT("=SYNC,%s,%s,%n,%n"), tag, argument, rx_ticks, ticks());
  }
  if (stl_same(verb, STL_TEXT("REBOOT"))) {
    if (!read_number(argument, STL_TEXT("65535"), &value)) return BAD_ARGUMENT;
    if (!read_number(second, STL_TEXT("4294967295"), &ticks_at_start)) return BAD_ARGUMENT;
    send_line(STL_TEXT("=OK,%s,REBOOT,"), tag);
    stl_start(STL_TEXT("TEST"), (uint16_t)value, ticks_at_start);
    return DONE;
  }
  if (stl_same(verb, STL_TEXT("STOP"))) {
    if (argument != NULL) return BAD_ARGUMENT;
    dev.rate = 0;
    return send_line(STL_TEXT("=OK,%s,STOP,%n"), tag, (uint32_t)dev.seq);
  }
  const char *format = NULL;
  if (stl_same(verb, STL_TEXT("ID?"))) format = STL_TEXT("=ID,%s,1,STEDI," STL_MODEL ",%u," STL_FIRMWARE ",%x");
  if (stl_same(verb, STL_TEXT("CAPS?"))) format = STL_TEXT("=CAPS,%s,R" STL_RATE_MAX ",SYNC+REBOOT+PPM" STL_DRIFT_PPM);
  if (stl_same(verb, STL_TEXT("PING"))) format = STL_TEXT("=OK,%s,PING,");
  if (format == NULL) return UNKNOWN;
  return argument == NULL ? send_line(format, tag, dev.boot) : BAD_ARGUMENT;
}

/* Checks the bytes of a line and its CRC, if it has one, and leaves what is in front of the CRC. */
static enum outcome check(char *line, uint8_t length) {
  uint16_t crc = 0xFFFFu;
  if (length > TEXT_MAX) return BAD_LINE;
  for (uint8_t at = 0; at < length; at++)
    if (line[at] < ' ' || line[at] > '~') return BAD_LINE;
  line[length] = '\0';
  char *star = strrchr(line, '*');
  if (star == NULL) return DONE;
  for (const char *at = line; at < star; at++) crc = stl_crc16(crc, (uint8_t)*at);
  *star = '\0';
  for (uint8_t count = 0; count < 4; count++, crc = (uint16_t)(crc << 4))
    if (*++star != hex_digit(crc)) return BAD_CRC;
  return star[1] == '\0' ? DONE : BAD_CRC;
}

static void answer(char *line, uint8_t length) {
  const uint32_t rx_ticks = ticks();
  const char *tag = "";
  char *verb = line;
  enum outcome code = check(line, length);
  if (code == DONE && *line == '@') {
    verb = cut_word(line);
    if (verb != NULL && is_tag(line + 1)) tag = line + 1;
    else code = BAD_ARGUMENT;
  }
  if (code == DONE) code = carry_out(tag, verb, cut_word(verb), rx_ticks);
  if (code != DONE) send_line(STL_TEXT("=ERR,%s,%n"), tag, (uint32_t)code);
}

void stl_receive(uint8_t byte) {
  if (byte == '\n') {
    uint8_t length = dev.length;
    if (length > 0 && dev.line[length - 1] == '\r') length--;
    dev.length = 0;
    if (length > 0) answer(dev.line, length);
  } else if (dev.length < sizeof dev.line) {
    dev.line[dev.length++] = (char)byte;
  }
}

void stl_poll(void) {
  const uint32_t now = ticks();
  if (dev.rate != 0 && now - dev.due < 0x80000000u) {
    plan_next_reading(dev.rate);
    uint8_t flags = dev.dropped;
    dev.dropped = board_room() < STL_READING_BYTES ? FLAG_DROPPED_BEFORE : 0;
    if (dev.dropped == 0) {
      const uint32_t distance = board_distance(&flags);
      send_line(STL_TEXT("$R,%x,%n,%n,%n,%n"), dev.boot, (uint32_t)dev.seq, now, distance, (uint32_t)flags);
    }
    dev.seq++;
  } else if (now - dev.last_sent >= HEARTBEAT_MS && board_room() >= STL_LINE_BYTES) {
    send_line(STL_TEXT("!HB,%x,%n"), dev.boot, now);
  }
}

void stl_start(const char *why, uint16_t seq, uint32_t ticks_at_start) {
  dev.boot = board_next_boot_id();
  dev.zero = board_millis() - ticks_at_start;
  dev.seq = seq;
  dev.rate = dev.dropped = dev.length = 0;
  send_line(STL_TEXT("!BOOT,%x,%t"), dev.boot, why);
}
