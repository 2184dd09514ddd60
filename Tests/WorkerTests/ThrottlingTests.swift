import Domain
import Sandbox
import Testing

@testable import Worker

/// The limit on creates, on a clock that goes as fast as the worker works: two seconds, and a minute where all tests share two busy cores.
@Suite(.timeLimit(.minutes(5)))
struct ThrottlingTests {
    private func areDone(_ stage: Stage) async throws -> Bool {
        try await stage.states().allSatisfy(\.isAtRest)
    }

    /// Of the calls that the limit allowed between the first and the last of these, the share that was made. The first two are free at once,
    /// then one more every half minute.
    private func quotaUse(_ creates: [Call]) throws -> Double {
        let (first, last) = (try #require(creates.first).started, try #require(creates.last).started)
        let allowed = 2 + Double((last - first).wholeMilliseconds) / 30_000
        return Double(creates.count) / allowed
    }

    @Test func `twenty briefs use the limit to 98 % at least, and are never told that it was too much`() async throws {
        let stage = try await Stage()
        try await stage.submit(20)
        try await stage.work { try await areDone(stage) }
        #expect(try await stage.states().allSatisfy { $0 == .succeeded })
        let creates = try await stage.creates()
        #expect(creates.count == 20)
        #expect(creates.allSatisfy { $0.result?.name == .done })
        let use = try quotaUse(creates)
        #expect(use >= 0.98 && use <= 1)
        print("20 briefs on a simulated clock: \((use * 1_000).rounded() / 10) % of the allowed calls were used")
    }

    @Test func `restarts in between change nothing`() async throws {
        let stage = try await Stage()
        try await stage.submit(12)
        for part in 1...6 {
            try await stage.work { try await stage.creates().count >= part * 2 }
        }
        try await stage.work { try await areDone(stage) }
        // One that had not left when the worker stopped was made again.
        let creates = try await stage.creates().filter { $0.result?.name != .unsent }
        #expect(creates.count == 12)
        #expect(creates.allSatisfy { $0.result?.name == .done })
        #expect(try await stage.states().allSatisfy { $0 == .succeeded })
    }

    @Test func `another program on the same developer app is given way to, and the queue recovers by itself`() async throws {
        let stage = try await Stage()
        try await stage.submit(4)
        for _ in 0..<2 { try await stage.createElsewhere() }
        try await stage.work { try await stage.creates().contains { $0.result?.name == .refused } }
        try await stage.work { try await areDone(stage) }
        #expect(try await stage.states().allSatisfy { $0 == .succeeded })
        let creates = try await stage.creates()
        #expect(creates.count { $0.result?.name == .done } == 4)
        // One refusal, a few longer and longer pauses, and no more than that.
        #expect((1...4).contains(creates.count { $0.result?.name == .refused }))
    }

    @Test(arguments: [Duration.seconds(3_600), .seconds(-3_600)])
    func `a clock that is set by an hour between two runs delays nothing`(jump: Duration) async throws {
        let stage = try await Stage()
        try await stage.submit(6)
        let begin = stage.clock.elapsed
        try await stage.work { try await stage.creates().count >= 2 }
        stage.clock.set(by: jump)
        try await stage.work { try await areDone(stage) }
        #expect(try await stage.states().allSatisfy { $0 == .succeeded })
        let creates = try await stage.creates()
        #expect(creates.count { $0.result?.name == .done } == 6)
        // Set forward while nobody looked, the log's creates seem old: the service says so once, and is believed.
        #expect(creates.count { $0.result?.name == .refused } <= (jump > .zero ? 2 : 0))
        // Two minutes for the limit, and some time for the last one to be written.
        #expect(stage.clock.elapsed - begin < .seconds(240))
    }

    @Test(arguments: [Duration.seconds(3_600), .seconds(-3_600)])
    func `a clock that is set by an hour during a run delays nothing and hurries no create`(jump: Duration) async throws {
        let stage = try await Stage()
        try await stage.submit(6)
        let begin = stage.clock.elapsed
        let flag = Flag()
        try await stage.work {
            if try await stage.creates().count >= 3, flag.raise() { stage.clock.set(by: jump) }
            return try await areDone(stage)
        }
        #expect(!flag.raise(), "it was set")
        #expect(try await stage.states().allSatisfy { $0 == .succeeded })
        #expect(try await stage.creates().count == 6)
        #expect(try await stage.creates().allSatisfy { $0.result?.name == .done })
        #expect(stage.clock.elapsed - begin < .seconds(300))
    }

    @Test func `a pause that the service asked for survives the clock being set`() async throws {
        let stage = try await Stage()
        stage.service.inject(Fault(.code(40_100, message: "wait"), on: .create, times: 2))
        try await stage.submit(1)
        let flag = Flag()
        let begin = stage.clock.elapsed
        try await stage.work {
            if try await stage.creates().count(where: { $0.ended != nil }) == 2, flag.raise() { stage.clock.set(by: .seconds(-3_600)) }
            return try await areDone(stage)
        }
        #expect(!flag.raise(), "it was set")
        #expect(try await stage.states() == [.succeeded])
        // The longest pause there is.
        #expect(stage.clock.elapsed - begin < .seconds(400))
    }
}
