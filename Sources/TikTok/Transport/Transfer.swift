import CCurl
import Domain

/// One request and its answer as it comes in: an easy handle of libcurl, used on the loop's thread only.
final class Transfer {
    let handle: UnsafeMutableRawPointer
    let limit: Duration
    let deadline: ContinuousClock.Instant
    private let continuation: CheckedContinuation<Transport.Result, Never>
    private var lines: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var isTooLarge = false

    /// Nil when libcurl has no memory left, or knows an option not.
    init?(_ request: Transport.Request, _ continuation: CheckedContinuation<Transport.Result, Never>) {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        self.continuation = continuation
        limit = request.deadline
        deadline = .now + request.deadline
        guard setUp(request) else { return nil }
    }

    deinit {
        curl_easy_cleanup(handle)
        curl_slist_free_all(lines)
    }

    private func setUp(_ request: Transport.Request) -> Bool {
        // curl adds a header of its own unless it is named without a value: a request that waits to be let in would only take longer.
        for line in request.headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
            guard let longer = curl_slist_append(lines, line) else { return false }
            lines = longer
        }
        var codes = [
            curl_set_text(handle, CURLOPT_URL, request.address),
            curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
            curl_set_list(handle, CURLOPT_HTTPHEADER, lines),
            curl_set_number(handle, CURLOPT_FOLLOWLOCATION, 0),
            curl_set_number(handle, CURLOPT_NOSIGNAL, 1),
            // Without it, leaving a call would wait for a name server that hangs.
            curl_set_number(handle, CURLOPT_QUICK_EXIT, 1),
            curl_set_receiver(
                handle,
                { bytes, _, count, context in
                    guard let bytes, let context else { return 0 }
                    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
                    return transfer.receive(UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
                }, Unmanaged.passUnretained(self).toOpaque()),
        ]
        if request.isLocal { codes.append(curl_set_text(handle, CURLOPT_PROXY, "")) }
        if request.onFreshConnection {
            codes.append(curl_set_number(handle, CURLOPT_FRESH_CONNECT, 1))
            codes.append(curl_set_number(handle, CURLOPT_FORBID_REUSE, 1))
        }
        if case .post(let body) = request.method {
            codes.append(body.withUnsafeBytes { curl_set_body(handle, $0.baseAddress, curl_off_t($0.count)) })
        }
        return codes.allSatisfy { $0 == CURLE_OK }
    }

    /// - Returns: whether more may come.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= Transport.largestBody else {
            isTooLarge = true
            return false
        }
        body += bytes
        return true
    }

    /// Not one byte of a request has been handed to a connection, TLS included: the service cannot know of it. Bytes of an earlier try
    /// count, since libcurl adds them up.
    var isUnsent: Bool {
        curl_get_number(handle, CURLINFO_REQUEST_SIZE) == 0
    }

    func finish(_ code: CURLcode) {
        if code == CURLE_OK {
            let status = curl_get_number(handle, CURLINFO_RESPONSE_CODE)
            return continuation.resume(returning: .answer(status: status, body: body))
        }
        // libcurl's own words: they name nothing of ours.
        let detail = "\(String(cString: curl_easy_strerror(code))), \(code.rawValue)"
        let result: Transport.Result
        if isTooLarge {
            result = .unknown(reason: "the answer was larger than 16 MiB")
        } else if !isUnsent {
            result = .unknown(reason: "the connection failed (\(detail))")
        } else {
            switch code {
            case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
                result = .notSent(reason: "the service's name could not be found (\(detail))")
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER:
                result = .notSent(reason: "no secure connection to the service (\(detail))")
            case _:
                result = .notSent(reason: "no connection to the service (\(detail))")
            }
        }
        continuation.resume(returning: result)
    }

    /// Its time is over, or its caller has gone.
    func leave(_ reason: String) {
        continuation.resume(returning: isUnsent ? .notSent(reason: "\(reason), and it was not sent") : .unknown(reason: reason))
    }
}
