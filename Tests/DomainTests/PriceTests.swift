import Domain
import Testing

@Suite struct `A price` {
    @Test(arguments: [
        ("39.90", "39.90"), ("39,90", "39.90"), ("39,9", "39.90"), ("39", "39.00"), ("0", "0.00"), ("0.01", "0.01"), ("007", "7.00"),
        ("1 299,00", "1299.00"), ("1\u{A0}299,00", "1299.00"), ("1\u{202F}299.5", "1299.50"), ("1'299.00", "1299.00"),
        ("1,299.00", "1299.00"), ("1.299,00", "1299.00"), ("1,234,567.89", "1234567.89"), ("1.234.567,8", "1234567.80"),
        ("1299.00", "1299.00"),
        ("999999999999.99", "999999999999.99"), (" 5 ", "5.00"),
    ])
    func `is read as people write it, exactly`(text: String, decimal: String) throws {
        #expect(try Price(parsing: text).decimal == decimal)
    }

    @Test func `with a comma or a point is the same`() throws {
        #expect(try Price(parsing: "39,90") == Price(parsing: "39.90"))
        #expect(try Price(parsing: "0.29").hundredths == 29)
    }

    @Test(arguments: [
        ("1,299", Price.Mistake.ambiguous), ("1.299", .ambiguous), ("0.500", .ambiguous), ("1.299.000", .ambiguous),
        ("1.2,3.4", .ambiguous),
        ("39.901", .ambiguous), ("1299.001", .tooManyDecimals), ("1,299.001", .tooManyDecimals), ("9.9999", .tooManyDecimals),
        ("-5", .negative), ("-0", .negative),
        ("", .notANumber), (" ", .notANumber), ("cheap", .notANumber), ("$5", .notANumber), ("5 €", .notANumber), ("1e3", .notANumber),
        (".5", .notANumber),
        ("5.", .notANumber), (",", .notANumber), ("12,34.56", .notANumber), ("1234,567.00", .notANumber), ("+5", .notANumber),
        ("٣", .notANumber),
        ("1000000000000", .tooLarge), ("99999999999999999999999", .tooLarge),
    ])
    func `that could be two, or none, is refused`(text: String, mistake: Price.Mistake) {
        #expect(throws: mistake) { try Price(parsing: text) }
    }

    @Test(arguments: ["1,299", "-5", "cheap", "1299.001", "1000000000000"])
    func `that is refused is one mistake at its field`(text: String) {
        #expect(mistakes(productForm([.price: text])).map(\.field) == [.price])
    }
}

@Suite struct `A currency` {
    @Test func `is a current code of ISO 4217, in capitals`() {
        for code in ["USD", "EUR", "JPY", "XCG", "ZWG", "VED"] { #expect(Currency(code)?.code == code) }
        for code in ["", "usd", "Eur", "XXX", "XTS", "XAU", "HRK", "DEM", "USD ", "$"] { #expect(Currency(code) == nil) }
        #expect(Currency.standard.code == "USD")
        #expect(Currency.names.keys.allSatisfy { $0.count == 3 && $0 == $0.uppercased() })
    }
}
