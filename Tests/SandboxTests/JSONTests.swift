import Testing

@testable import Sandbox

struct JSONTests {
    @Test(arguments: [
        #"{"a":[1,2.50,-3e+2,true,false,null,"x"],"b":{}}"#, "39.90", #""\"\\ä👟\n\u0001""#, "[]", #"{"":""}"#,
    ])
    func `what is read is written again as it was`(text: String) throws {
        #expect(String(decoding: try JSONParser.parse(Array(text.utf8), depth: 8).bytes, as: UTF8.self) == text)
    }

    @Test func `escapes are read`() throws {
        let value = try JSONParser.parse(Array(#""\u00e4\ud83d\udc5f\/\t\b\f\r""#.utf8), depth: 1)
        #expect(value == .string("ä👟/\t\u{8}\u{C}\r"))
    }

    @Test(arguments: [
        "", " ", "{", "[1,]", "[1 2]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "01", "+1", "1.", ".5", "1e", "-", "tru", "nulll", "\"",
        "\"\\x\"",
        "\"\\u12\"", "\"\\u+123\"", "\"\\ud83d\"", "\"\\ud83d\\u0041\"", "\"\\udc5f\"", "\"\n\"", "1 2", "{\"a\":1,\"a\":2}", "// x\n1",
        "'a'",
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(Array(text.utf8), depth: 8) }
    }

    @Test func `a text that is not UTF-8 is refused`() {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse([0x22, 0xC3, 0x22], depth: 8) }
    }

    @Test func `nesting ends at the limit`() throws {
        _ = try JSONParser.parse(Array("[[[]]]".utf8), depth: 3)
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(Array("[[[[]]]]".utf8), depth: 3) }
        #expect(throws: JSONParser.Malformed.self) {
            try JSONParser.parse(Array(repeating: UInt8(ascii: "["), count: 100_000), depth: 8)
        }
    }

    @Test(arguments: [
        ("39.90", "399", 1), ("39.9", "399", 1), ("0.00", "0", 0), ("-0", "0", 0), ("1.299e2", "1299", 1), ("5e3", "5000", 0),
        ("12e-3", "12", 3),
        ("100", "100", 0), ("0.05", "5", 2),
    ])
    func `a decimal keeps its digits`(literal: String, digits: String, scale: Int) throws {
        let decimal = try #require(Decimal(literal))
        #expect(decimal.digits == digits)
        #expect(decimal.scale == scale)
    }

    @Test func `a decimal that asks for much memory is none`() {
        #expect(Decimal("1e41") == nil)
        #expect(Decimal("1e-99999999999999999999") == nil)
        #expect(Decimal(String(repeating: "9", count: 41)) == nil)
    }

    @Test func `a whole number is one however it is written`() {
        #expect(JSONValue.number("4").integer == 4)
        #expect(JSONValue.number("4.0").integer == 4)
        #expect(JSONValue.number("-4").integer == -4)
        #expect(JSONValue.number("4.5").integer == nil)
        #expect(JSONValue.string("4").integer == nil)
    }
}
