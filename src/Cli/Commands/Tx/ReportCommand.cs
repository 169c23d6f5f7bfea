using System;
using System.Text.Json.Nodes;
using Chain.Cli.Terminal;
using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Justice.Slashing;
using Chain.StateMachine.Registry;
using Chain.StateMachine.Transactions;

namespace Chain.Cli.Commands.Tx;

/// <summary><c>chain tx report</c>: proves that somebody signed two statements of which there may be one.</summary>
internal static class ReportCommand
{
    public static VerbCommand Create(VerbRunner run) =>
        new VerbCommand("report", "Report somebody who contradicted itself under its signature, and earn a share of what it loses.")
        {
            Details = "The file: {\"key\": HEX, \"role\": \"provider\", \"kind\": \"log_root\", \"reference\": HASH, \"epoch\": 7,\n"
                + "\"first\": {\"data_hash\": HASH, \"signature\": HEX}, \"second\": {...}}, the smaller data hash first.\n"
                + "Announce it first, so that nobody who sees the report can send it before you.",
            Examples = ["chain tx report lie.json --announce --secret owl --from carol --wait", "chain tx report lie.json --secret owl --from carol --wait"],
        }.Sends(run, Read);

    private static (Message Report, Hash256 Matter) Read(JsonObject json, Hash256 salt)
    {
        if (!JsonNames.TryParse((string)json["role"]!, out Role role)) throw new FormatException("unknown role");
        if (!JsonNames.TryParse((string)json["kind"]!, out StatementKind kind)) throw new FormatException("unknown kind");
        PublicKey key = PublicKey.From(ReportFile.BytesOf(json["key"]!, PublicKey.Size));
        ReportFault report = new(key, role, Statement(json, kind, "first"), Statement(json, kind, "second"), salt);
        return (report, report.Matter);
    }

    private static SignedStatement Statement(JsonObject json, StatementKind kind, string name)
    {
        JsonObject statement = json[name]!.AsObject();
        return new SignedStatement(
            kind,
            ReportFile.HashOf(json["reference"]!),
            (ulong)json["epoch"]!,
            ReportFile.HashOf(statement["data_hash"]!),
            Signature.From(ReportFile.BytesOf(statement["signature"]!, Signature.Size)));
    }
}
