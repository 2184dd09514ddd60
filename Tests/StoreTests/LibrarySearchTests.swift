import Domain
import Testing

@testable import Store

struct LibrarySearchTests {
    private static let texts: [(language: ScriptLanguage, text: String, question: [String])] = [
        (.english, "Stop walking in the dark. It's naïve.", ["dark", "WALKING", "walk", "naive"]),
        (.german, "Größer als die Nacht: heiß, süß und grün.", ["grosser", "größer", "heiss", "heiß", "GRUN"]),
        (.spanish, "Mañana será otro día, ¿corazón?", ["manana", "mañana", "corazon", "día"]),
        (.french, "Déjà l’été: un cœur léger, ça change.", ["deja", "ete", "coeur", "cœur", "chan"]),
        (.indonesian, "Lampu ringan untuk lari malam.", ["lampu", "ring", "malam"]),
        (.malay, "Cahaya baharu, harga mampu milik.", ["cahaya", "baharu", "mil"]),
        (.vietnamese, "Đường về sáng hơn: đèn nhẹ, giá tốt.", ["duong", "đường", "den", "đèn", "nhe", "Tốt"]),
    ]

    @Test func `words are found in all seven languages, with marks and capitals or without`() async throws {
        let store = try await TestStore()
        var ids: [ScriptLanguage: Script.ID] = [:]
        for (number, sample) in Self.texts.enumerated() {
            ids[sample.language] = try await store.deliver(form: number, sample.text) { $0.language = sample.language.rawValue }
        }
        for sample in Self.texts {
            for question in sample.question { #expect(try store.find(question) == [try #require(ids[sample.language])], "\(question)") }
            var query = ScriptQuery()
            query.language = .stated(sample.language)
            #expect(try store.find(query) == [try #require(ids[sample.language])])
        }
        try await store.checkIndex()
    }

    @Test func `each word has to be there, whole or as a beginning, in the title or the text`() async throws {
        let store = try await TestStore()
        let lamp = try await store.deliver(form: 1, "A lamp for the night")
        let other = try await store.deliver(form: 2, "Lamps and lanterns")
        #expect(try store.find("lamp night") == [lamp])
        #expect(try store.find("lamp") == [other, lamp])
        #expect(try store.find("lam") == [other, lamp])
        #expect(try store.find("l") == [other, lamp])
        #expect(try store.find("lante") == [other])
        #expect(try store.find("take lamps") == [other])
        #expect(try store.find("amp") == [])
        #expect(try store.find("lampshade") == [])
    }

    @Test(arguments: [
        "\"", "NOT", "lamp AND", "*", "(", "a\"b", "=len", "terms:lamp", "^lamp", "-", "NEAR(lamp night)", "'; DROP TABLE script",
    ])
    func `no question is read as a command`(question: String) async throws {
        let store = try await TestStore()
        _ = try await store.deliver(form: 1, "A plain text")
        #expect(try store.find(question) == [])
    }

    @Test func `filters combine, and each of them counts`() async throws {
        let store = try await TestStore()
        let wanted = try await store.deliver(form: 1, "Walk on", at: .at(0)) {
            ($0.language, $0.tone, $0.style, $0.industry, $0.brand) = ("de", "Friendly", "Humor", "Baby, kids & maternity", "Café & Söhne")
        }
        let task = try #require(try store.record(wanted).script.task)
        _ = try await store.deliver(form: 2, "Walk on", at: .at(10)) { ($0.language, $0.tone, $0.name) = ("fr", "Confident", "Oats") }
        let prompted = try await store.deliver(form: 3, "Walk on", at: .at(20)) {
            ($0.source, $0.prompt, $0.name, $0.description, $0.images) = ("CUSTOM", "A runner at dusk.", "", "", "")
        }
        try await store.sort([wanted], .star(true))
        try await store.sort([wanted], .tag("Night Run"))
        try await store.sort([wanted], .approve(.approved, comment: ""))

        let filters: [(String, (inout ScriptQuery) -> Void)] = [
            ("text", { $0.text = "walk" }), ("language", { $0.language = .stated(.german) }), ("source", { $0.source = .product }),
            ("tone", { $0.tone = "friendly" }), ("style", { $0.style = "Humor" }), ("industry", { $0.industry = "baby kids maternity" }),
            ("brand", { $0.brand = "cafe & sohne" }), ("product", { $0.product = "TRAIL lamp 300" }),
            ("author", { $0.author = Member.thisComputer.id }), ("task", { $0.task = task }), ("tag", { $0.tags = ["night run"] }),
            ("starred", { $0.isStarred = true }), ("approval", { $0.approval = .approved }), ("from", { $0.from = Day("2027-01-15") }),
            ("to", { $0.to = Day("2027-01-15") }),
        ]
        var all = ScriptQuery()
        for (name, set) in filters {
            var query = ScriptQuery()
            set(&query)
            #expect(try store.find(query).contains(wanted), "\(name)")
            set(&all)
            #expect(try store.find(all).contains(wanted), "\(name)")
        }
        #expect(try store.find(all) == [wanted])
        #expect(try store.count(all) == 1)

        let others: [(String, (inout ScriptQuery) -> Void)] = [
            ("language", { $0.language = .stated(.french) }), ("source", { $0.source = .prompt }), ("tone", { $0.tone = "Confident" }),
            ("style", { $0.style = "none such" }), ("author", { $0.author = Member.ID(77) }),
            ("tag", { $0.tags = ["night run", "other"] }),
            ("approval", { $0.approval = .draft }), ("task", { $0.task = GenerationTask.ID(77) }),
            ("from", { $0.from = Day("2027-01-16") }),
            ("to", { $0.to = Day("2027-01-14") }),
        ]
        for (name, set) in others {
            var query = all
            set(&query)
            #expect(try store.find(query) == [], "\(name)")
        }
        var query = ScriptQuery()
        query.language = .notStated
        #expect(try store.find(query) == [prompted])
        #expect(try store.record(prompted).language == nil)
    }

    @Test func `pages follow each other without a gap, also when scripts come meanwhile`() async throws {
        let store = try await TestStore()
        let ids = try await store.deliver(form: 1, (1...7).map { .number($0, text: "lamp \($0)") })
        var query = ScriptQuery()
        query.text = "lamp"
        let first = try store.find(query, limit: 3)
        #expect(first == Array(ids.reversed().prefix(3)))
        _ = try await store.deliver(form: 2, "another lamp")
        let second = try store.find(query, before: first.last, limit: 3)
        let third = try store.find(query, before: second.last, limit: 3)
        #expect(first + second + third == ids.reversed())
        #expect(try store.find(query, before: third.last, limit: 3) == [])
    }

    @Test func `counts stop at the cap`() async throws {
        let store = try await TestStore()
        _ = try await store.deliver(form: 1, (1...8).map { .number($0, text: "lamp") })
        var query = ScriptQuery()
        #expect(try store.count(query, cap: 5) == 5)
        query.text = "lamp"
        #expect(try store.count(query, cap: 5) == 5)
        #expect(try store.count(query, cap: 20) == 8)
    }

    @Test func `scripts of a day are found although the clock was set back`() async throws {
        let store = try await TestStore()
        let first = try await store.deliver(form: 1, "one", at: .at(86_400))
        let second = try await store.deliver(form: 2, "two", at: .at(0))
        #expect(try store.record(second).script.created == .at(86_400))
        var query = ScriptQuery()
        query.from = Day("2027-01-16")
        #expect(try store.find(query) == [second, first])
    }

    /// A beginning of more words than can be named one by one.
    @Test func `a beginning that very many words have is found as well`() async throws {
        let store = try await TestStore()
        let words = (1_000..<1_260).map { "lamp\($0)" }.joined(separator: " ")
        let id = try await store.deliver(form: 1, words)
        _ = try await store.deliver(form: 2, "nothing")
        #expect(try store.find("lamp") == [id])
        #expect(try store.find("lamp1259") == [id])
    }

    @Test func `a question that is not answered in time is broken off, and the reader goes on`() async throws {
        let store = try await TestStore()
        _ = try await store.deliver(form: 1, "lamp")
        let pool = SearchPool(path: store.path, readers: 1)
        func ask<T: Sendable>(
            within limit: Duration, _ question: @escaping @Sendable (borrowing Database) throws(StoreError) -> T
        ) async -> Result<T, StoreError> {
            await withCheckedContinuation { done in pool.ask(within: limit, question) { done.resume(returning: $0) } }
        }
        let late = await ask(within: .milliseconds(50)) { database throws(StoreError) in
            try database.first("WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n") { row in
                row.number
            }
        }
        guard case .failure(let error) = late else {
            Issue.record("an endless question has an answer")
            return
        }
        #expect(error.isLate)
        let next = await ask(within: .seconds(20)) { database throws(StoreError) in try database.findScripts(limit: 5).count }
        #expect(try next.get() == 1)
    }

    @Test func `a database of before the library is found in as well`() async throws {
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
                VALUES (1, 'x', 'PRODUCT', 'Lamp', 'de', 1,
                    '{"count":1,"subject":{"product":{"_0":{"name":"Lamp","description":"d","sellingPoints":[]},"_1":{"images":[],"videos":[]},"_3":{"tone":"Friendly","language":"de"}}}}',
                    '{}', 'succeeded', 't', 'SUCCESS', 0, 1, 0);
                INSERT INTO script (task_id, position, remote_id, title, text, created) VALUES
                    (1, 1, 'a', 'Größe', 'eins', 100), (1, 2, 'b', 'Zwei', 'zwei', 50), (1, 3, 'c', 'Drei', 'drei', 200);
                """)
        }
        _ = try Writer(path: path) { _ in }
        let reader = try Reader(path: path)
        var query = ScriptQuery()
        (query.text, query.tone, query.language) = ("grosse", "friendly", .stated(.german))
        let found = try reader.read { database throws(StoreError) in try database.findScripts(query, limit: 5) }
        #expect(found.map(\.script.remoteID) == ["a"])
        let all = try reader.read { database throws(StoreError) in try database.findScripts(limit: 5) }
        #expect(all.map(\.script.created.milliseconds) == [200, 100, 100])
    }
}
