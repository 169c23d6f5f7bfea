using System;

namespace Chain.Node.Rpc.Methods;

/// <summary>CometBFT's <c>page</c> and <c>per_page</c>: from 1, by default 30 a page, at most 100.</summary>
internal readonly record struct Paging(int Skip, int Count)
{
    private const int PerPageDefault = 30;
    private const int PerPageMax = 100;

    /// <summary>How many to give when a client asks for <paramref name="asked"/>.</summary>
    public static int PerPage(int? asked) => asked is null or < 1 ? PerPageDefault : Math.Min(asked.Value, PerPageMax);

    public static RpcError? Read(RpcArguments arguments, int total, out Paging paging)
    {
        int page = arguments.Int32("page") ?? 1;
        int perPage = PerPage(arguments.Int32("per_page"));
        paging = default;
        if (arguments.Error is { } error) return error;
        int pages = Math.Max(1, (total + perPage - 1) / perPage);
        if (page < 1 || page > pages) return RpcError.Internal($"page should be within [1, {pages}] range, given {page}");
        int skip = (page - 1) * perPage;
        paging = new Paging(skip, Math.Min(perPage, total - skip));
        return null;
    }
}
