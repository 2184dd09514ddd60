import Domain
import Testing

@Suite struct `The state of a connection` {
    private let now = Timestamp(milliseconds: 1_800_000_000_000)
    private let revoked = Refusal(code: 40_105, message: "revoked", requestID: "r1")
    private let tooMany = Refusal(code: 40_100, message: "slow down", requestID: "r2")

    @Test(arguments: [40_001, 40_130, 40_006, 40_101, 40_102, 40_106, 40_118])
    func `what no waiting mends needs attention, whatever it was before`(code: Int) {
        let refusal = Refusal(code: code, message: "no", requestID: nil)
        for before in [ConnectionState.working, .throttled(until: now), .throttled(until: now + .seconds(9)), .needsAttention(revoked)] {
            #expect(before.after(.refused(refusal, before: 0), now: now) == .needsAttention(refusal))
        }
        #expect(!ConnectionState.needsAttention(refusal).allowsCalls(at: now + .seconds(1_000_000)))
    }

    @Test func `only a person ends the need for attention`() {
        let state = ConnectionState.needsAttention(revoked)
        #expect(state.after(.answered, now: now) == nil)
        #expect(state.after(.refused(tooMany, before: 0), now: now) == nil)
        #expect(state.after(.mended, now: now) == .working)
    }

    @Test func `asked to wait, it waits for longer each time, and once for calls that ran together`() {
        let first = ConnectionState.working.after(.refused(tooMany, before: 0), now: now)
        #expect(first == .throttled(until: now + ThrottlePause.pause(after: 0)))
        #expect(first?.after(.refused(tooMany, before: 1), now: now + .seconds(1)) == nil)
        let second = ConnectionState.throttled(until: now).after(.refused(tooMany, before: 1), now: now)
        #expect(second == .throttled(until: now + ThrottlePause.pause(after: 1)))
        #expect(ThrottlePause.pause(after: 1) > ThrottlePause.pause(after: 0))
        #expect(ThrottlePause.pause(after: 99) == .seconds(300))
    }

    @Test func `a wait ends with an answer after it, not with one that was under way`() {
        let state = ConnectionState.throttled(until: now)
        #expect(state.after(.answered, now: now - .milliseconds(1)) == nil)
        #expect(!state.allowsCalls(at: now - .milliseconds(1)))
        #expect(state.allowsCalls(at: now))
        #expect(state.after(.answered, now: now) == .working)
        #expect(state.after(.mended, now: now) == nil)
    }

    @Test(arguments: [0, 20_001, 40_000, 40_007, 40_050, 40_053, 40_200, 40_911, 40_900, 60_001, 50_000, 12_345])
    func `what is about one call leaves the connection alone`(code: Int) {
        let event = ConnectionEvent.refused(Refusal(code: code, message: "", requestID: nil), before: 0)
        #expect(ConnectionState.working.after(event, now: now) == nil)
        #expect(ConnectionState.throttled(until: now).after(event, now: now) == nil)
    }
}
