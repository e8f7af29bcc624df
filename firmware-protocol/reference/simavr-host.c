/*
 * Runs a hex file on simavr's ATmega328P in real time, with USART0 on a pseudo-terminal that programs open like a
 * serial port. Prints the path of the terminal; ends when its standard input does.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_hex.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { CLOCK_HZ = 16000000, AHEAD_CYCLES = CLOCK_HZ / 2000 }; /* waits for real time when 0.5 ms ahead */

static void fail(const char *what) { perror(what), exit(EXIT_FAILURE); }

/* The slave stays open here, too: otherwise the master would be lost when a program closes its port. */
static int open_terminal(void) {
  const int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0) fail("no pseudo-terminal");
  const int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  struct termios modes;
  if (slave < 0 || tcgetattr(slave, &modes) != 0) fail("no terminal");
  cfmakeraw(&modes);
  tcsetattr(slave, TCSANOW, &modes);
  return master;
}

/* A byte that nobody fetches is lost when the terminal is full, as on a wire. */
static void on_output(struct avr_irq_t *irq, uint32_t value, void *terminal) {
  (void)irq;
  const uint8_t byte = (uint8_t)value;
  if (write(*(int *)terminal, &byte, 1) != 1) return;
}

/* The main loop keeps the pace, whether the chip sleeps or not. */
static void on_sleep(avr_t *avr, avr_cycle_count_t cycles) { (void)avr, (void)cycles; }

static avr_cycle_count_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (avr_cycle_count_t)time.tv_sec * CLOCK_HZ + (avr_cycle_count_t)time.tv_nsec * (CLOCK_HZ / 1000000) / 1000;
}

int main(int count, char **words) {
  uint32_t size, address, flags = 0;
  uint8_t *code = count == 3 ? read_ihex_file(words[1], &size, &address) : NULL;
  avr_t *avr = avr_make_mcu_by_name("atmega328p");
  if (code == NULL || avr == NULL) fail("usage: simavr-host FIRMWARE.hex BAUD");
  avr_init(avr);
  avr->frequency = CLOCK_HZ;
  avr->sleep = on_sleep;
  avr_loadcode(avr, code, size, address);
  avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
  int terminal = open_terminal();
  avr_irq_t *input = avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_INPUT);
  avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), on_output, &terminal);
  printf("%s\n", ptsname(terminal));
  fflush(stdout);

  const avr_cycle_count_t start = now(), byte_cycles = 10u * CLOCK_HZ / (unsigned)atoi(words[2]);
  avr_cycle_count_t look = 0;
  for (int state = cpu_Running; state != cpu_Done && state != cpu_Crashed; state = avr_run(avr)) {
    if (avr->cycle < look) continue;
    look = avr->cycle + byte_cycles;
    uint8_t byte;
    if (read(terminal, &byte, 1) == 1) avr_raise_irq(input, byte);
    const avr_cycle_count_t passed = now() - start;
    if (avr->cycle < passed + AHEAD_CYCLES) continue;
    const struct timespec wait = {.tv_nsec = (long)((avr->cycle - passed) * 1000 / (CLOCK_HZ / 1000000))};
    struct pollfd standard_input = {.fd = STDIN_FILENO, .events = POLLIN};
    if (ppoll(&standard_input, 1, &wait, NULL) > 0 && read(STDIN_FILENO, &byte, 1) <= 0) return EXIT_SUCCESS;
  }
  fail("the firmware has crashed");
}
