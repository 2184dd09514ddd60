import Domain

/// Who confirmed the notice, when, which text of it, and for what.
package struct AcknowledgementRecord: Sendable, Hashable {
    package typealias ID = Identifier<AcknowledgementRecord>

    package enum Asset: Sendable, Hashable {
        case task(GenerationTask.ID, title: String)
        case video(Video.ID, name: String)
    }

    package let id: ID
    package let version: Int
    package let at: Timestamp
    package let member: String
    /// The network address that the form came from.
    package let address: String
    package let asset: Asset
}

extension Transaction {
    func record(
        _ acknowledgement: Acknowledgement, by member: Member.ID, task: GenerationTask.ID? = nil, video: Video.ID? = nil, now: Timestamp
    ) throws(StoreError) {
        try database.run(
            "INSERT INTO acknowledgement (version, at, member_id, address, task_id, video_id) VALUES (?, ?, ?, ?, ?, ?)",
            acknowledgement.version, now, member, acknowledgement.address, task, video)
    }
}

extension Database {
    /// A page of them, newest first.
    /// - Parameter before: the last one of the page before; nil for the first page.
    package func findAcknowledgements(
        before: AcknowledgementRecord.ID? = nil, limit: Int
    ) throws(StoreError) -> [AcknowledgementRecord] {
        try all(
            "SELECT * FROM acknowledgement_row WHERE id < ? ORDER BY id DESC LIMIT ?", before?.rawValue ?? .max, limit
        ) { row throws(StoreError) in try row.acknowledgement() }
    }
}

extension Row {
    fileprivate func acknowledgement() throws(StoreError) -> AcknowledgementRecord {
        let asset: AcknowledgementRecord.Asset
        if isNull(5) {
            // A video's own name, else the end of its address.
            let address = isNull(10) ? text(8).split(separator: "/").last.map(String.init) ?? text(8) : text(10)
            asset = .video(id(7), name: text(9).isEmpty ? address : text(9))
        } else {
            asset = .task(id(5), title: text(6))
        }
        return AcknowledgementRecord(
            id: id(0), version: integer(1), at: time(2), member: text(3), address: text(4), asset: asset)
    }
}
