import CCurl
import Domain

/// The thread that all transfers run on. Whatever is libcurl's belongs to it alone.
final class TransferLoop {
    private let orders: Orders
    private let multi: UnsafeMutableRawPointer?
    private var transfers: [Int: Transfer] = [:]

    init(orders: Orders) {
        self.orders = orders
        // Counted and safe from any thread since libcurl 7.84 (https://curl.se/libcurl/c/curl_global_init.html).
        curl_global_init(Int(CURL_GLOBAL_DEFAULT))
        multi = curl_multi_init()
    }

    deinit {
        curl_multi_cleanup(multi)
    }

    /// Returns when it is told to end; nobody waits for an answer then.
    func run() {
        while obey() {
            var running: Int32 = 0
            curl_multi_perform(multi, &running)
            finish()
            endLate()
            var alarm = curl_waitfd(fd: orders.alarm, events: Int16(CURL_WAIT_POLLIN), revents: 0)
            let count: UInt32 = orders.alarm >= 0 ? 1 : 0
            curl_multi_poll(multi, &alarm, count, pause, nil)
        }
        for number in transfers.keys { leave(number, "the program ends") }
    }

    /// - Returns: whether to go on.
    private func obey() -> Bool {
        for order in orders.take() {
            switch order {
            case .begin(let number, let request, let continuation):
                guard let transfer = Transfer(request, continuation) else {
                    continuation.resume(returning: .notSent(reason: "the call could not be set up"))
                    continue
                }
                curl_multi_add_handle(multi, transfer.handle)
                transfers[number] = transfer
            case .cancel(let number):
                leave(number, "stopped before the answer came")
            case .cancelUnsent:
                for (number, transfer) in transfers where transfer.isUnsent { leave(number, "stopped") }
            case .end:
                return false
            }
        }
        return true
    }

    private func finish() {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE else { continue }
            let (handle, code) = (message.pointee.easy_handle, message.pointee.data.result)
            guard let (number, transfer) = transfers.first(where: { $0.value.handle == handle }) else { continue }
            remove(number, transfer)
            transfer.finish(code)
        }
    }

    private func endLate() {
        let now = ContinuousClock.now
        for (number, transfer) in transfers where transfer.deadline <= now {
            leave(number, "no answer within \(transfer.limit.wholeSeconds) s")
        }
    }

    private func leave(_ number: Int, _ reason: String) {
        guard let transfer = transfers[number] else { return }
        transfer.leave(reason)
        remove(number, transfer)
    }

    private func remove(_ number: Int, _ transfer: Transfer) {
        transfers[number] = nil
        curl_multi_remove_handle(multi, transfer.handle)
    }

    /// Milliseconds until the next deadline, rounded up, lest it be asked for again and again just before it.
    private var pause: Int32 {
        guard orders.alarm >= 0 else { return 50 }
        guard let next = transfers.values.map(\.deadline).min() else { return 60_000 }
        let left = (next - ContinuousClock.now).wholeMilliseconds + 1
        return Int32(max(0, min(left, 60_000)))
    }
}
