using System.Collections.Generic;
using Chain.Node.Queries.Json;
using Chain.Node.Rpc.Json;
using Chain.Primitives.Bytes;
using Chain.StateMachine.Admission;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Store;

namespace Chain.Node.Queries;

/// <summary>Who is part of the network, who asks to be, and what the validators have not decided yet.</summary>
internal static class AdmissionQueries
{
    public static IEnumerable<QueryEntry> All =>
    [
        QueryEntry.List("/market/seats", "validators with a seat, and the power of each", SeatList),
        QueryEntry.List("/market/seat_requests", "providers that ask for a seat", SeatRequestList),
        QueryEntry.List("/market/accesses", "node keys that are let in without a seat, until when", AccessList),
        QueryEntry.List("/market/access_requests", "node keys that ask to be let in", AccessRequestList),
        QueryEntry.List(
            "/market/admissions",
            "what validators have begun to agree to: seats, accesses, accreditations, rotations",
            AdmissionList),
        QueryEntry.One("/market/admission/HASH", "what some validators have agreed to, with who they are", AdmissionOf),
        QueryEntry.One("/market/jail/PROVIDER", "why and until when a provider is in jail", JailOf),
    ];

    private static QueryAnswer SeatList(IStateReader state, QueryArguments arguments)
    {
        Parameters parameters = Parameters.Load(state);
        return new ListWalk<Seat>("seats", Schema.Key(Schema.Seat), Seat.TryDecode, _ => true, (writer, seat) =>
        {
            AdmissionJson.Seat(writer, seat);
            writer.Int64("power", SeatPower.Of(state, seat, parameters));
        }) { Store = StoreId.Meta }.Answer(state, arguments);
    }

    private static QueryAnswer SeatRequestList(IStateReader state, QueryArguments arguments) => new ListWalk<SeatRequest>(
        "seat_requests", Schema.Key(Schema.SeatRequest), SeatRequest.TryDecode, _ => true, AdmissionJson.SeatRequest)
    {
        WriteKey = (writer, key) => writer.Address("provider", Address.From(key)),
    }.Answer(state, arguments);

    private static QueryAnswer AccessList(IStateReader state, QueryArguments arguments) => new ListWalk<MarketTime>(
        "accesses", Schema.Key(Schema.Access), Accesses.TryDecode, _ => true, AdmissionJson.Expiry)
    {
        Store = StoreId.Meta,
        WriteKey = (writer, key) => writer.WriteString("node_key", Hex.Lower(key)),
    }.Answer(state, arguments);

    private static QueryAnswer AccessRequestList(IStateReader state, QueryArguments arguments) => new ListWalk<AccessRequest>(
        "access_requests", Schema.Key(Schema.AccessRequest), AccessRequest.TryDecode, _ => true, AdmissionJson.AccessRequest)
    {
        WriteKey = (writer, key) => writer.WriteString("node_key", Hex.Lower(key)),
    }.Answer(state, arguments);

    private static QueryAnswer AdmissionList(IStateReader state, QueryArguments arguments) => new ListWalk<OpenAdmission>(
        "admissions", Schema.Key(Schema.Admission), OpenAdmission.TryDecode, _ => true, AdmissionJson.Admission)
    {
        Store = StoreId.Meta,
    }.Answer(state, arguments);

    private static QueryAnswer AdmissionOf(IStateReader state, QueryArguments arguments)
    {
        if (!Hash256.TryParse(arguments.Text(0), out Hash256 id)) return QueryAnswer.Bad("a proposal is named by its hash");
        return OpenAdmissions.Read(state, id) is { } admission
            ? QueryAnswer.Object(writer => AdmissionJson.Admission(writer, admission))
            : QueryAnswer.NotFound($"there is no open proposal {id}");
    }

    private static QueryAnswer JailOf(IStateReader state, QueryArguments arguments)
    {
        if (!arguments.TryAddress(0, out Address address)) return QueryAnswer.Bad("a provider is named by its address");
        return Jails.Load(state, address) is { } jail
            ? QueryAnswer.Object(writer => AdmissionJson.Jail(writer, jail))
            : QueryAnswer.NotFound($"{address} is not in jail");
    }
}
