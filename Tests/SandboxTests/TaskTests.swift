import Testing

@testable import Sandbox

struct TaskTests {
    @Test func `a task goes from submitted over processing and partial success to success`() async throws {
        let stand = try Stand(pace: 10)
        let id = try await stand.task()
        var seen: [String] = []
        var counts: [Int] = []
        for _ in 0...100 {
            let (status, scripts) = try await stand.get(id)
            if seen.last != status { seen.append(status) }
            if counts.last != scripts.count { counts.append(scripts.count) }
            stand.clock.advance(0.1)
        }
        #expect(seen == ["SUBMITTED", "PROCESSING", "PARTIAL_SUCCESS", "SUCCESS"])
        #expect(counts == [0, 1, 2, 3, 4])
    }

    @Test func `a script that is written does not change any more`() async throws {
        let stand = try Stand(pace: 10)
        let id = try await stand.task()
        stand.clock.advance(5)
        let early = try await stand.get(id)
        #expect(early.status == "PARTIAL_SUCCESS")
        stand.clock.advance(60)
        let late = try await stand.get(id)
        #expect(late.scripts.count == 4)
        #expect(Array(late.scripts.prefix(early.scripts.count)) == early.scripts)
        for script in late.scripts {
            #expect(script["script_id"]?.text?.count == 19)
            #expect(script["title"]?.text?.isEmpty == false)
            #expect(script["script"]?.text?.isEmpty == false)
        }
    }

    @Test func `with one script there is no partial success`() async throws {
        let stand = try Stand(pace: 10)
        let id = try await stand.task(JSONValue.product.with("script_generation_count", .number(1)))
        stand.clock.advance(9.9)
        #expect(try await stand.get(id).status == "PROCESSING")
        stand.clock.advance(0.1)
        #expect(try await stand.get(id).status == "SUCCESS")
    }

    @Test func `at pace 0 a task is done at once`() async throws {
        let stand = try Stand(pace: 0)
        #expect(try await stand.get(try await stand.task()).status == "SUCCESS")
    }

    @Test func `the list holds what is written, newest first, in pages`() async throws {
        let stand = try Stand(pace: 10)
        for count in 1...5 {
            _ = try await stand.task(JSONValue.product.with("script_generation_count", .number(Int64(count))))
            stand.clock.advance(20)
        }
        let last = try await stand.task()
        #expect(try await stand.call(.list)[path: "data.page_info.total_number"]?.integer == 15)
        stand.clock.advance(5)

        var all: [JSONValue] = []
        for page in 1...4 {
            let data = try #require(try await stand.call(.list, query: "page=\(page)&page_size=5")["data"])
            #expect(
                data["page_info"] == [
                    "page": .number(Int64(page)), "page_size": .number(5), "total_number": .number(16), "total_page": .number(4),
                ])
            all += try #require(data["list"]?.items)
        }
        let whole = try #require(try await stand.call(.list, query: "page_size=100")[path: "data.list"]?.items)
        #expect(all == whole)
        #expect(Set(all.compactMap { $0["script_id"]?.text }).count == 16)
        #expect(all.first == (try await stand.get(last).scripts.first))
        #expect(try await stand.call(.list, query: "page=9")[path: "data.list"]?.items == [])
    }

    @Test func `an empty account has an empty list`() async throws {
        let data = try await Stand().call(.list)["data"]
        #expect(data?["list"] == [])
        #expect(data?["page_info"] == ["page": .number(1), "page_size": .number(10), "total_number": .number(0), "total_page": .number(0)])
    }

    @Test(arguments: ["page=0", "page=-1", "page=x", "page=", "page_size=0", "page_size=101", "page_size=1.0", "page=99999999999999999999"])
    func `a page outside the rules is refused, and the field named`(query: String) async throws {
        let answer = try await Stand().call(.list, query: query)
        #expect(answer.code == 40002)
        #expect(answer.message.hasPrefix(query.prefix { $0 != "=" } + ":"))
    }
}
