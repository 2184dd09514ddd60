import Domain
import Glibc
import Worker

extension Time {
    static let system = Time(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return Timestamp(milliseconds: Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000)
        },
        elapsed: {
            var time = timespec()
            // It goes on while the machine sleeps, as the service's clock does.
            clock_gettime(CLOCK_BOOTTIME, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        },
        sleep: { try? await Task.sleep(for: $0) })
}
