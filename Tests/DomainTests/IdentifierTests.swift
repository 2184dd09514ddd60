import Domain
import Testing

@Suite struct `An id` {
    @Test(arguments: [("1", 1), ("42", 42), ("9223372036854775807", Int64.max)])
    func `in a path or a form is plain decimal`(text: String, number: Int64) {
        #expect(Video.ID(decimal: text)?.rawValue == number)
        #expect(Video.ID(number).description == text)
    }

    @Test(arguments: ["", "0", "-1", "+1", "01", " 1", "1 ", "1.0", "1e3", "0x1", "٣", "9223372036854775808", "1\n", "a"])
    func `of any other spelling is none`(text: String) {
        #expect(Video.ID(decimal: text) == nil)
    }

    @Test(arguments: [letters(16), letters(64), "abcDEF012-_345678"])
    func `of a submission is 16 to 64 plain characters`(text: String) {
        #expect(SubmissionID(text)?.rawValue == text)
    }

    @Test(arguments: [
        letters(15), letters(65), "", letters(16) + " ", letters(16) + "/", letters(16) + "é", letters(16) + "\n", letters(16) + "=",
    ])
    func `of a submission that no form of ours made is none`(text: String) {
        #expect(SubmissionID(text) == nil)
    }
}
