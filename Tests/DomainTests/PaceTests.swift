import Domain
import Testing

@Suite struct `The pace of polls and retries` {
    @Test(arguments: [
        (Duration.zero, Duration.seconds(5)), (.seconds(59), .seconds(5)), (.milliseconds(59_999), .seconds(5)),
        (.seconds(60), .seconds(15)),
        (.seconds(599), .seconds(15)), (.seconds(600), .seconds(60)), (.seconds(86_399), .seconds(60)),
    ])
    func `polls slow down as a task ages`(age: Duration, pause: Duration) {
        #expect(PollSchedule.pause(at: age) == pause)
    }

    @Test func `after a day there is no next poll`() {
        #expect(PollSchedule.pause(at: .seconds(86_400)) == nil)
        #expect(PollSchedule.pause(at: .seconds(999_999)) == nil)
    }

    @Test func `a retry waits twice as long each time, five minutes at most`() {
        #expect(
            (1...10).map { BackOff.pause(afterAttempts: $0) } == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300].map { Duration.seconds($0) })
        #expect(BackOff.pause(afterAttempts: 0) == .seconds(2))
        #expect(BackOff.pause(afterAttempts: .max) == .seconds(300))
    }
}

@Suite struct `The limit of creates` {
    let limit = CreateLimit(perMinute: 2)

    @Test func `two in any minute, counted from the end of each`() {
        #expect(CreateLimit.standard == 2)
        #expect(limit.left(ages: []) == 2)
        #expect(limit.left(ages: [.zero]) == 1)
        #expect(limit.left(ages: [.milliseconds(59_999), .seconds(3)]) == 0)
        #expect(limit.left(ages: [.seconds(60), .seconds(3)]) == 1)
        #expect(limit.left(ages: [.seconds(61), .seconds(60)]) == 2)
    }

    @Test func `a limit that was lowered leaves none rather than fewer`() {
        #expect(limit.left(ages: [.zero, .zero, .zero]) == 0)
        #expect(limit.wait(ages: [.seconds(10), .seconds(20), .seconds(30)]) == .seconds(40))
    }

    @Test func `the next waits until the oldest is a minute old`() {
        #expect(limit.wait(ages: []) == .zero)
        #expect(limit.wait(ages: [.seconds(1)]) == .zero)
        #expect(limit.wait(ages: [.seconds(1), .seconds(20)]) == .seconds(40))
        #expect(limit.wait(ages: [.seconds(70), .seconds(20)]) == .zero)
    }

    @Test func `each place in the queue has its time`() {
        #expect((1...6).map { limit.wait(ages: [], place: $0) } == [0, 0, 60, 60, 120, 120].map { Duration.seconds($0) })
        let ages: [Duration] = [.seconds(50), .seconds(20)]
        #expect((1...5).map { limit.wait(ages: ages, place: $0) } == [10, 40, 70, 100, 130].map { Duration.seconds($0) })
        #expect((1...3).map { limit.wait(ages: [.seconds(20)], place: $0) } == [0, 40, 60].map { Duration.seconds($0) })
        #expect(
            (1...3).map { CreateLimit(perMinute: 1).wait(ages: [.seconds(20)], place: $0) } == [40, 100, 160].map { Duration.seconds($0) })
    }

    /// The expectation a page shows is what happens when every call goes out as soon as it may.
    @Test(arguments: [1, 2, 3, 7])
    func `waits as told and never breaks itself`(perMinute: Int) {
        let limit = CreateLimit(perMinute: perMinute)
        let before: [Duration] = [.seconds(-55), .seconds(-30), .seconds(-5)]
        var ends = before
        var now = Duration.zero
        for place in 1...20 {
            let told = limit.wait(ages: before.map { .zero - $0 }, place: place)
            now += limit.wait(ages: ends.map { now - $0 })
            #expect(now == told)
            #expect(limit.left(ages: ends.map { now - $0 }) > 0)
            ends.append(now)
        }
    }
}
