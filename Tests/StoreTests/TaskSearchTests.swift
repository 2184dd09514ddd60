import Domain
import Testing

@testable import Store

struct TaskSearchTests {
    @Test func `each word has to be there, whole or as a beginning, in the title or the brand, with marks or without`() async throws {
        let store = try await TestStore()
        let lamp = try await store.task(form: 1) { ($0.name, $0.brand) = ("Größere Lampe", "Đường & Söhne") }
        let other = try await store.task(form: 2) { ($0.name, $0.brand) = ("Lampenschirm", "") }
        let prompt = try await store.task(form: 3) {
            ($0.source, $0.prompt, $0.name, $0.description, $0.images) = ("CUSTOM", "A runner at dusk.\nWith a lamp.", "", "", "")
        }
        for (question, found) in [
            ("lampe", [other, lamp]), ("LAMPE groß", [lamp]), ("grossere", [lamp]), ("duong", [lamp]), ("söhne lampe", [lamp]),
            ("l", [other, lamp]), ("lampens", [other]), ("runner", [prompt]), ("lamp", [other, lamp]), ("ampe", []), ("\"", []),
            ("NOT", []), ("=squeued", []), ("terms:lampe", []), ("trail", []),
        ] {
            var query = TaskQuery()
            query.text = question
            #expect(try store.find(query) == found, "\(question)")
        }
    }

    @Test func `filters combine, and each of them counts`() async throws {
        let store = try await TestStore()
        let wanted = try await store.task(form: 1) {
            ($0.language, $0.tone, $0.style, $0.industry, $0.brand) = ("de", "Friendly", "Humor", "Baby, kids & maternity", "Café & Söhne")
        }
        _ = try await store.task(form: 2, at: .at(10)) { ($0.language, $0.tone, $0.name) = ("fr", "Confident", "Oats") }
        let prompted = try await store.task(form: 3, at: .at(20)) {
            ($0.source, $0.prompt, $0.name, $0.description, $0.images) = ("CUSTOM", "A runner at dusk.", "", "", "")
        }
        let filters: [(String, (inout TaskQuery) -> Void)] = [
            ("text", { $0.text = "trail cafe" }), ("language", { $0.language = .stated(.german) }), ("source", { $0.source = .product }),
            ("tone", { $0.facets[.tone] = "friendly" }), ("style", { $0.facets[.style] = "Humor" }),
            ("industry", { $0.facets[.industry] = "baby kids maternity" }), ("brand", { $0.facets[.brand] = "cafe & sohne" }),
            ("product", { $0.facets[.product] = "TRAIL lamp 300" }), ("author", { $0.author = Member.thisComputer.id }),
            ("state", { $0.state = .queued }), ("from", { $0.from = Day("2027-01-15") }), ("to", { $0.to = Day("2027-01-15") }),
        ]
        var all = TaskQuery()
        for (name, set) in filters {
            var query = TaskQuery()
            set(&query)
            #expect(try store.find(query).contains(wanted), "\(name)")
            set(&all)
            #expect(try store.find(all) == (name == "text" ? store.find(query) : [wanted]), "\(name)")
        }
        let others: [(String, (inout TaskQuery) -> Void)] = [
            ("text", { $0.text = "oats" }), ("language", { $0.language = .stated(.french) }), ("source", { $0.source = .prompt }),
            ("tone", { $0.facets[.tone] = "Confident" }), ("style", { $0.facets[.style] = "none such" }),
            ("author", { $0.author = Member.ID(77) }), ("state", { $0.state = .running }), ("from", { $0.from = Day("2027-01-16") }),
            ("to", { $0.to = Day("2027-01-14") }),
        ]
        for (name, set) in others {
            var query = all
            set(&query)
            #expect(try store.find(query) == [], "\(name)")
        }
        var query = TaskQuery()
        query.language = .notStated
        #expect(try store.find(query) == [prompted])
    }

    @Test func `a task is found in the state that it is in, and in no other`() async throws {
        let store = try await TestStore()
        func found(_ state: TaskState.Name) throws -> [GenerationTask.ID] {
            var query = TaskQuery()
            (query.state, query.text) = (state, "trail")
            return try store.find(query)
        }
        let id = try await store.newTask(form: 1)
        let waiting = try await store.newTask(form: 2, videos: [try await store.newVideo(form: 3)])
        #expect(try (found(.queued), found(.waiting)) == ([id], [waiting]))
        let create = try #require(try await store.claimCreate())
        #expect(try (found(.queued), found(.sending)) == ([], [id]))
        try await store.record(create, .done(.ok, detail: ""), event: .created(remoteID: "t"))
        #expect(try (found(.sending), found(.running)) == ([], [id]))
        let poll = try #require(try await store.claimPoll())
        try await store.record(poll, status: .success, scripts: [.number(1)])
        #expect(try (found(.running), found(.succeeded)) == ([], [id]))
        _ = try await store.apply(.cancelled, to: waiting)
        #expect(try (found(.waiting), found(.cancelled)) == ([], [waiting]))
        try await store.checkTaskIndex()
    }

    @Test func `pages follow each other without a gap, also when tasks come meanwhile`() async throws {
        let store = try await TestStore()
        var ids: [GenerationTask.ID] = []
        for form in 1...7 { ids.append(try await store.task(form: form) { $0.name = form == 4 ? "Oats" : "Lamp \(form)" }) }
        ids.remove(at: 3)
        var query = TaskQuery()
        query.text = "lamp"
        let first = try store.find(query, limit: 3)
        #expect(first == Array(ids.reversed().prefix(3)))
        _ = try await store.task(form: 8) { $0.name = "Another lamp" }
        let second = try store.find(query, before: first.last, limit: 3)
        #expect(first + second == ids.reversed())
        #expect(try store.find(query, before: second.last, limit: 3) == [])
    }

    @Test func `tasks of a day are found although the clock was set back`() async throws {
        let store = try await TestStore()
        let first = try await store.task(form: 1, at: .at(86_400))
        let second = try await store.task(form: 2, at: .at(0))
        #expect(try store.task(second).created == .at(86_400))
        var query = TaskQuery()
        query.from = Day("2027-01-16")
        #expect(try store.find(query) == [second, first])
        query.to = Day("2027-01-15")
        #expect(try store.find(query) == [])
    }

    /// A beginning of more words than can be named one by one.
    @Test func `a beginning that very many words have is found as well`() async throws {
        let store = try await TestStore()
        var ids: [GenerationTask.ID] = []
        for form in 0..<7 {
            ids.append(
                try await store.task(form: form) { brief in
                    brief.name = (0..<30).map { "lamp\(1_000 + form * 30 + $0)" }.joined(separator: " ")
                })
        }
        var query = TaskQuery()
        query.text = "lamp"
        #expect(try store.find(query) == ids.reversed())
        query.text = "lamp1209"
        #expect(try store.find(query) == [try #require(ids.last)])
    }

    @Test func `tasks of a database of before are found as well`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/scriptorium.db"
        do {
            let database = try Database.open(path: path, access: .readWrite)
            try Schema.migrate(database, by: [Schema.migrations[0]])
            try database.execute(
                """
                INSERT INTO connection (kind, base, app_id, created) VALUES ('sandbox', '', '', 0);
                INSERT INTO task (connection_id, submission_id, source, title, language, script_count, brief, form, state, remote_id,
                    remote_status, due, member_id, created)
                VALUES (1, 'x', 'PRODUCT', 'Größe', 'de', 1,
                    '{"count":1,"subject":{"product":{"_0":{"name":"Größe","brand":"Nord","description":"d","sellingPoints":[]},"_1":{"images":[],"videos":[]},"_3":{"tone":"Friendly","language":"de"}}}}',
                    '{}', 'succeeded', 't', 'SUCCESS', 0, 1, 200);
                INSERT INTO task (connection_id, submission_id, source, title, language, script_count, brief, form, state, due, member_id,
                    created)
                VALUES (1, 'y', 'CUSTOM', 'Ein Läufer', 'en', 1,
                    '{"count":1,"subject":{"prompt":{"_0":"Ein Läufer","_2":{"images":[],"videos":[]}}}}', '{}', 'queued', 0, 1, 100);
                """)
        }
        _ = try Writer(path: path) { _ in }
        let reader = try Reader(path: path)
        var query = TaskQuery()
        (query.text, query.facets[.tone], query.language, query.state) = ("grosse nord", "friendly", .stated(.german), .succeeded)
        let found = try reader.read { database throws(StoreError) in try database.findTasks(query, limit: 5) }
        #expect(found.map(\.title) == ["Größe"])
        (query.text, query.facets, query.language, query.state) = ("laufer", [:], .notStated, .queued)
        let prompts = try reader.read { database throws(StoreError) in try database.findTasks(query, limit: 5) }
        #expect(prompts.map(\.created.milliseconds) == [200])
    }
}

extension TestStore {
    fileprivate func task(
        form number: Int, at now: Timestamp = .start, _ changes: (inout BriefForm) -> Void = { _ in }
    ) async throws -> GenerationTask.ID {
        guard case .new(let id) = try await submit(form: number, at: now, changes) else { throw NotNew() }
        return id
    }

    fileprivate func find(_ query: TaskQuery, before: GenerationTask.ID? = nil, limit: Int = 50) throws -> [GenerationTask.ID] {
        try read { database throws(StoreError) in try database.findTasks(query, before: before, limit: limit) }.map(\.id)
    }

    /// FTS5 compares its index with the rows it was made from (https://sqlite.org/fts5.html#the_integrity_check_command).
    fileprivate func checkTaskIndex() async throws {
        // The writer's connection has the function that folds.
        let (all, right) = try await write { transaction throws(StoreError) in
            try transaction.database.run("INSERT INTO task_index (task_index, rank) VALUES ('integrity-check', 1)")
            return (
                try transaction.database.first("SELECT count(*) FROM task") { row in row.number },
                try transaction.database.first("SELECT count(*) FROM task_terms JOIN task_search USING (id, terms)") { row in row.number }
            )
        }
        #expect(all == right)
    }
}
