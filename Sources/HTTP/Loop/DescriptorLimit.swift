import Glibc

extension Limits {
    /// Raises the soft limit of open files to the hard one, since each connection is a file and the usual soft limit of 1,024 is for
    /// programs that use select(2). Takes fewer connections where even that is not enough for all.
    mutating func fitDescriptors() {
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(resource, &limit) == 0 else { return }
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = limit.rlim_max
            setrlimit(resource, &limit)
            getrlimit(resource, &limit)
        }
        connections = min(connections, max(1, Int(clamping: limit.rlim_cur) - refusals - otherDescriptors))
    }
}
