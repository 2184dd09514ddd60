// The system headers that Swift's Glibc module leaves out. No _GNU_SOURCE here: it breaks Glibc's fd_set.
#pragma once
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
