using System.Collections.Generic;
using Chain.StateMachine.Transactions.Grants;
using Chain.StateMachine.Transactions.Keys;
using Chain.StateMachine.Transactions.Register;
using Chain.StateMachine.Transactions.Stake;
using Chain.StateMachine.Transactions.Transfer;
using Chain.StateMachine.Transactions.Update;

namespace Chain.StateMachine.Transactions;

/// <summary>The kinds of accounts and registry.</summary>
public static class BaseKinds
{
    public static IReadOnlyList<KindEntry> Entries { get; } =
    [
        new(MessageKind.Transfer, 1, 3, 100, Transfer.Transfer.Read, TransferRules.Apply),
        new(MessageKind.Grant, 1, ChangeGrant.FieldCount, 500, ChangeGrant.Read, ChangeGrantRules.Apply),
        new(MessageKind.Grant, RotateKey.KindVersion, RotateKey.FieldCount, 500, RotateKey.Read, RotateKeyRules.Apply),
        new(MessageKind.Grant, SetDidDocument.KindVersion, 1, 300, SetDidDocument.Read, SetDidDocumentRules.Apply),
        new(MessageKind.Register, 1, 8, 500, Register.Register.Read, RegisterRules.Apply),
        new(MessageKind.Update, 1, Update.Update.FieldCount, 500, Update.Update.Read, UpdateRules.Apply),
        new(MessageKind.Stake, 1, 3, 200, Stake.Stake.Read, StakeRules.Apply),
    ];
}
