/// A video on its way to the service's stock library.
package struct Video: Sendable, Hashable {
    package typealias ID = Identifier<Video>

    /// An upload whose answer was lost is made again, since a duplicate in the stock library does no harm; after so many it has failed.
    package static let answersThatMayBeLost = 3

    /// In UTF-16 code units, as `maxlength` counts.
    package static let nameLimit = 200

    /// Where the service fetches it.
    package enum Source: Sendable, Hashable {
        case url(AssetURL)
        /// From this app.
        case file(MediaFile)

        /// The end of its address.
        package var fileName: String {
            switch self {
            case .url(let url): url.fileName
            case .file(let file): file.name
            }
        }

        /// In bytes, where this app has the file.
        package var size: Int? {
            switch self {
            case .url: nil
            case .file(let file): file.size
            }
        }
    }

    package let id: ID
    package let connection: Connection.ID
    package let source: Source
    /// What people call it by; they can change it.
    package let name: String
    /// From the file, else from the browser that looked at the address.
    package let facts: VideoFacts
    package let state: VideoState
    package let member: Member
    package let created: Timestamp
    /// When the service last took it in.
    package let ready: Timestamp?
    package let isArchived: Bool

    package init(
        id: ID, connection: Connection.ID, source: Source, name: String, facts: VideoFacts, state: VideoState, member: Member,
        created: Timestamp, ready: Timestamp? = nil, isArchived: Bool = false
    ) {
        self.id = id
        self.connection = connection
        self.source = source
        self.name = name
        self.facts = facts
        self.state = state
        self.member = member
        self.created = created
        self.ready = ready
        self.isArchived = isArchived
    }

    /// Whether the service may still come for the file: from the upload until a day after it was taken in.
    package func isOpen(at now: Timestamp) -> Bool {
        guard let ready, state.isFinal else { return true }
        return now - ready < MediaFile.openAfterReady
    }

    /// A name as a person gave it, or as a file brought it: one line, no control characters, not too long; nil when nothing is left.
    package static func name(from text: String) -> String? {
        let plain = String(String.UnicodeScalarView(text.unicodeScalars.map { $0.isSpaceInName ? " " : $0 }))
        let line = plain.split(separator: " ").joined(separator: " ")
        guard line.utf16.count > nameLimit else { return line.isEmpty ? nil : line }
        // The ending stays: it says what the file is.
        let ending = line.lastIndex(of: ".").map { line[$0...] }.flatMap { $0.utf16.count <= 6 ? $0 : nil } ?? ""
        var start = line.prefix(nameLimit)
        while start.utf16.count + ending.utf16.count + 1 > nameLimit { start = start.dropLast() }
        return "\(start)…\(ending)"
    }

    /// As a browser sends a file's name: some send a path, and quotes and line ends come escaped (WHATWG HTML §4.10.21.8).
    package static func name(ofFile filename: String) -> String {
        let last = filename.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? ""
        var text = last
        for (escape, character) in [("%0D%0A", " "), ("%0D", " "), ("%0A", " "), ("%22", "\"")] {
            while let range = text.firstRange(of: escape) { text.replaceSubrange(range, with: character) }
        }
        return name(from: text) ?? "video"
    }
}

extension Unicode.Scalar {
    /// Line ends, control characters, and the marks that turn the writing direction and so show another name than there is. What joins
    /// emoji stays.
    fileprivate var isSpaceInName: Bool {
        switch value {
        case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F: true
        case _: properties.isWhitespace || properties.generalCategory == .control || properties.generalCategory == .unassigned
        }
    }
}

/// Where an upload stands. `rejected` follows `ready`: the service gave the video an id and later would not have it in a brief.
package enum VideoState: Sendable, Hashable {
    case queued
    case sending
    case ready(remoteID: String)
    case failed(Failure)
    case rejected(remoteID: String, Refusal)

    package enum Name: String, Sendable, CaseIterable {
        case queued, sending, ready, failed, rejected
    }

    package var name: Name {
        switch self {
        case .queued: .queued
        case .sending: .sending
        case .ready: .ready
        case .failed: .failed
        case .rejected: .rejected
        }
    }

    package var isFinal: Bool {
        switch self {
        case .queued, .sending: false
        case .ready, .failed, .rejected: true
        }
    }

    package var remoteID: String? {
        switch self {
        case .ready(let remoteID), .rejected(let remoteID, _): remoteID
        case .queued, .sending, .failed: nil
        }
    }
}
