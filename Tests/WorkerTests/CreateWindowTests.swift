import Domain
import Testing

@testable import Worker

struct CreateWindowTests {
    private let one = Call.ID(1)
    private let two = Call.ID(2)

    private func window(ages: [Duration] = [], perMinute: Int = 2) -> CreateWindow {
        CreateWindow(limit: CreateLimit(perMinute: perMinute), ages: ages, elapsed: .seconds(1_000))
    }

    @Test func `with nothing sent, the next may go at once`() {
        #expect(window().wait(elapsed: .seconds(1_000)) == .zero)
    }

    @Test func `the minute runs from the end of a call and is over at its sixtieth second, not before`() {
        var window = window()
        window.begin(one)
        window.end(one, counts: true, elapsed: .seconds(1_010))
        window.begin(two)
        window.end(two, counts: true, elapsed: .seconds(1_030))
        #expect(window.wait(elapsed: .seconds(1_030)) == .seconds(40))
        #expect(window.wait(elapsed: .seconds(1_070) - .nanoseconds(1)) == .nanoseconds(1))
        #expect(window.wait(elapsed: .seconds(1_070)) == .zero)
    }

    @Test func `a running call holds a place, and only its end can tell for how long`() {
        var window = window()
        window.begin(one)
        #expect(window.wait(elapsed: .seconds(1_000)) == .zero)
        window.begin(two)
        #expect(window.wait(elapsed: .seconds(1_000)) == nil)
        #expect(window.wait(elapsed: .seconds(2_000)) == nil)
    }

    @Test func `beside a running call the place of an ended one becomes free in its own time`() {
        var window = window(ages: [.seconds(45)])
        window.begin(one)
        #expect(window.wait(elapsed: .seconds(1_000)) == .seconds(15))
        #expect(window.wait(elapsed: .seconds(1_015)) == .zero)
    }

    @Test func `a call that never left does not count`() {
        var window = window(perMinute: 1)
        window.begin(one)
        window.end(one, counts: false, elapsed: .seconds(1_000))
        #expect(window.wait(elapsed: .seconds(1_000)) == .zero)
    }

    @Test func `after a restart the log's ages count on`() {
        let window = window(ages: [.seconds(59), .seconds(20)])
        #expect(window.wait(elapsed: .seconds(1_000)) == .seconds(1))
        #expect(window.wait(elapsed: .seconds(1_001)) == .zero)
    }

    @Test func `more calls than the limit, after it was lowered, all have to grow old first`() {
        let window = window(ages: [.seconds(50), .seconds(30), .seconds(10)], perMinute: 1)
        #expect(window.wait(elapsed: .seconds(1_000)) == .seconds(50))
    }
}
