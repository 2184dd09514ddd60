import Glibc
import Testing

@testable import HTTP

struct StopTests {
    @Test func `an idle connection is closed, and nobody is accepted any more`() throws {
        let server = try serve()
        let wire = try Wire(server.address)
        #expect(wire.get("/").status == 200)
        let start = ContinuousClock.now
        server.stop(within: .seconds(5))
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(wire.isClosed)
        #expect(throws: ServerError.self) { try Wire(server.address) }
        server.stop(within: .seconds(5))
        server.publish("nobody hears this")
    }

    @Test func `what runs is finished, and its connection closed`() throws {
        let responders = Collected<Responder>()
        let server = try serve { request in request.path == ["later"] ? .later { responders.add($0) } : .text(.ok, "body") }
        let (later, half) = (try Wire(server.address), try Wire(server.address))
        later.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n")
        half.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe")
        #expect(eventually { !responders.all.isEmpty })
        let idle = try Wire(server.address)
        #expect(idle.get("/").text == "body")
        let stopping = try Thread { server.stop(within: .seconds(5)) }
        #expect(idle.isClosed)
        half.send("llo")
        let answer = half.answer()
        #expect(answer.text == "body" && answer["Connection"] == "close" && half.isClosed)
        responders.all.first?.respond(.text(.ok, "late"))
        let late = later.answer()
        #expect(late.text == "late" && late["Connection"] == "close" && later.isClosed)
        stopping.join()
    }

    @Test func `what does not end in time is cut off`() throws {
        let responders = Collected<Responder>()
        let server = try serve { _ in .later { responders.add($0) } }
        let wire = try Wire(server.address)
        wire.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { !responders.all.isEmpty })
        server.stop(within: .milliseconds(100))
        #expect(wire.isClosed)
        responders.all.first?.respond(.text(.ok, "to nobody"))
    }

    @Test func `no answer is lost when a busy server stops`() throws {
        let accepted = Collected<Int>()
        let confirmed = Collected<Int>()
        for round in 0..<10 {
            let server = try serve(loops: 2) { request in
                accepted.add(Int(request.path.last ?? "") ?? -1)
                return .text(.ok, "stored")
            }
            let clients = try (0..<4).map { client in
                try Thread { [address = server.address] in
                    for number in 0... {
                        let id = round * 1_000_000 + client * 100_000 + number
                        guard let wire = try? Wire(address), wire.post("/\(id)", "x").status == 200 else { return }
                        confirmed.add(id)
                    }
                }
            }
            #expect(eventually { confirmed.all.count >= (round + 1) * 40 })
            server.stop(within: .seconds(5))
            for client in clients { client.join() }
        }
        #expect(Set(accepted.all) == Set(confirmed.all))
    }

    @Test func `threads and descriptors are all given back`() throws {
        func count(_ folder: String) -> Int {
            guard let directory = opendir(folder) else { return -1 }
            defer { closedir(directory) }
            var count = 0
            while readdir(directory) != nil { count += 1 }
            return count
        }
        // Other tests run beside this one, so their comings and goings have to be outweighed.
        let before = count("/proc/self/fd")
        for _ in 0..<100 {
            let server = try serve(loops: 4)
            #expect(try Wire(server.address).get("/").status == 200)
        }
        #expect(count("/proc/self/fd") < before + 400)
        #expect(count("/proc/self/task") < 400)
    }
}
