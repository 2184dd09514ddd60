import Domain
import Testing

@Suite struct `What a code means` {
    @Test(arguments: [
        ([0, 20_001], ReturnCode.Reaction.useData, ReturnCode.Mender.time),
        ([40_000, 40_002], .fail, .writer),
        ([40_001, 40_124, 40_125, 40_130], .stop, .admin),
        ([40_006, 40_051, 40_008, 40_010], .stop, .admin),
        ([40_007], .gone, .writer),
        ([40_050], .unconfirm, .writer),
        ([40_053], .rejectVideo, .writer),
        ([40_016, 40_100, 40_132, 40_133], .throttle, .time),
        ([40_101, 40_113], .stop, .admin),
        ([40_102, 40_103, 40_104, 40_105, 40_106], .stop, .admin),
        ([40_118], .stop, .admin),
        ([40_200, 40_201, 40_202, 40_700, 40_901], .tryLater, .time),
        ([40_911], .fail, .writer),
        ([40_900] + Array(40_902...40_910) + Array(40_912...40_916), .fail, .writer),
        ([60_001, 61_000], .tryAgain, .time),
        ([50_000, 50_002, 51_307, 59_999], .trouble, .time),
    ])
    func `is what the table says`(codes: [Int], reaction: ReturnCode.Reaction, mender: ReturnCode.Mender) {
        for code in codes {
            #expect(ReturnCode(code).reaction == reaction, "\(code)")
            #expect(ReturnCode(code).mender == mender, "\(code)")
            #expect(!ReturnCode(code).words.isEmpty)
        }
    }

    @Test(arguments: [
        -1, 1, 200, 20_000, 20_002, 40_003, 40_052, 40_107, 40_117, 40_119, 40_917, 49_999, 60_000, 60_002, 61_001, Int.max, Int.min,
    ])
    func `any other code fails the task and is shown as it is`(code: Int) {
        #expect(ReturnCode(code).reaction == .fail)
        #expect(ReturnCode(code) == ReturnCode(999_999))
    }

    @Test func `the words tell one thing to mend from another`() {
        let groups = [40_001, 40_006, 40_101, 40_105, 40_118].map { ReturnCode($0).words }
        #expect(Set(groups).count == groups.count)
        #expect(ReturnCode(40_118).words.contains("TikTok representative"))
        #expect(ReturnCode(40_911).words != ReturnCode(40_910).words)
    }

    @Test func `a refusal knows its meaning, a failure its words`() {
        let refusal = Refusal(code: 40_053, message: "bad", requestID: nil)
        #expect(refusal.meaning == ReturnCode(40_053))
        #expect(Failure.refused(refusal).words == refusal.meaning.words)
        #expect(Set(Failure.Name.allCases.map(\.rawValue)) == ["refused", "nothing_written", "video_unusable", "no_answer"])
    }
}
