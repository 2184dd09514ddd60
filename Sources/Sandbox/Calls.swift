import HTTP

/// The four calls of the API, for a caller whose token is right.
extension SandboxService {
    func upload(_ body: JSONValue) throws(Refusal) -> Response {
        try Rule.check(body, against: Rule.uploadVideo)
        let text = body["video_url"]?.text ?? ""
        let url = try VideoURL(text)
        return afterFetching(text) { [self] in
            change { [self] change in
                let id = "v10033g50000" + String(change.account.nextID(change.now), radix: 36)
                change.keep(.video(id: id, isRejected: url.isRejected, at: change.now))
                count { $0.uploads += 1 }
                return Envelope.success([["video_id": .string(id)]], now: change.now)
            }
        }
    }

    /// The limit comes before the rules, as a gateway comes before the service; so a body that cannot be read counts against it.
    func create(_ body: Result<JSONValue, Refusal>) -> Response {
        change { [self] change in
            do throws(Refusal) {
                return Envelope.success(try create(body, &change), now: change.now)
            } catch {
                count { $0.createsRefused += 1 }
                return Envelope.refusal(error, now: change.now)
            }
        }
    }

    private func create(_ body: Result<JSONValue, Refusal>, _ change: inout Change) throws(Refusal) -> JSONValue {
        guard change.account.recentCalls(change.now) < configuration.createsPerMinute else {
            throw Refusal(.tooManyCalls, "Too many calls: \(configuration.createsPerMinute) a minute are taken here.")
        }
        do throws(Refusal) {
            let body = try body.get()
            try Rule.check(body, against: Rule.createTask)
            for id in Brief(body).videoIDs where !change.account.accepts(video: id) {
                throw Refusal(.unknownVideo, "media_list.video_id_list: \(id) is not a video that can be used.")
            }
            let id = change.account.nextID(change.now)
            change.keep(.task(id: id, body: body, at: change.now))
            count {
                $0.creates += 1
                if configuration.control { $0.bodies.append(body) }
            }
            return ["task_id": .string(String(id))]
        } catch {
            change.keep(.refusedCall(at: change.now))
            throw error
        }
    }

    func task(_ id: String?, _ now: Int64) throws(Refusal) -> JSONValue {
        guard let id, !id.isEmpty else { throw Refusal(.wrongParameter, "task_id: it is required.") }
        guard let task = snapshot.task(id) else { throw Refusal(.unknownObject, "task_id: there is no task \(id).") }
        let (status, written) = task.progress(at: now, pace: configuration.pace)
        let scripts = written == 0 ? [] : scripts(of: task).prefix(written)
        return ["task_id": .string(id), "status": .string(status.rawValue), "list": .array(scripts.map(\.json))]
    }

    /// The account's scripts that are written by now: the newest task's first, and of a task the last one first.
    func scripts(_ query: FormData, _ now: Int64) throws(Refusal) -> JSONValue {
        let page = try Self.number("page", in: query, 1...Int64(Int32.max), default: 1)
        let size = try Self.number("page_size", in: query, 1...100, default: 10)
        let wanted = (page - 1) * size..<page * size
        var total = 0
        var list: [JSONValue] = []
        for task in snapshot.tasks.reversed() {
            let written = task.progress(at: now, pace: configuration.pace).written
            let range = (total..<total + written).clamped(to: wanted)
            if !range.isEmpty {
                let scripts = Array(scripts(of: task).prefix(written).reversed())
                list += scripts[(range.lowerBound - total)..<(range.upperBound - total)].map(\.json)
            }
            total += written
        }
        let info: JSONValue = [
            "page": .number(Int64(page)), "page_size": .number(Int64(size)), "total_number": .number(Int64(total)),
            "total_page": .number(Int64((total + size - 1) / size)),
        ]
        return ["list": .array(list), "page_info": info]
    }

    private static func number(
        _ name: String, in query: FormData, _ range: ClosedRange<Int64>, default standard: Int
    ) throws(Refusal) -> Int {
        guard let text = query[name] else { return standard }
        guard let number = Decimal(text)?.integer, text.allSatisfy(\.isWholeNumber), range.contains(number) else {
            throw Refusal(.wrongParameter, "\(name): it must be an integer from \(range.lowerBound) to \(range.upperBound).")
        }
        return Int(number)
    }
}

extension Script {
    var json: JSONValue {
        ["script_id": .string(id), "title": .string(title), "script": .string(text)]
    }
}
