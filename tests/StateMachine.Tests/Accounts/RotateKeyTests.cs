using Chain.Primitives.Bytes;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Accounts;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Tests.Execution;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Keys;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.StateMachine.Tests.Accounts;

public sealed class RotateKeyTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Address_balance_and_sequences_stay_and_the_new_key_alone_speaks_for_them()
    {
        ulong before = _chain.Balance("alice");
        TransactionOutcome rotated = _chain.RunOne("alice", To("fresh"));
        Assert.Equal(ResultCode.Ok, rotated.Code);
        Assert.Equal("KeyRotated", rotated.Events[1].Type);
        Assert.Equal(TestKeys.PublicOf("fresh"), _chain.Account("alice").Key);
        Assert.True(_chain.Balance("alice") > before - TestGenesis.Credit);
        Assert.Equal(ResultCode.WrongKey, Pay("alice"));
        Assert.Equal(ResultCode.WrongKey, Pay("bob"));
        Assert.Equal(ResultCode.Ok, Pay("fresh"));
        Assert.Equal(2UL, _chain.Account("alice").NextSequence(0));
    }

    [Fact]
    public void Old_key_is_refused_from_the_next_transaction_of_the_same_block_on()
    {
        BlockOutcome block = _chain.Run(1000,
            _chain.Sign("alice", [To("fresh")]),
            _chain.Sign("alice", [PayBob()], ahead: 1),
            _chain.Sign("alice", [PayBob()], ahead: 1, keyName: "fresh"));
        Assert.Equal(ResultCode.WrongKey, block.Results[1].Code);
        Assert.Equal(0, block.Results[1].GasUsed);
        Assert.Equal(ResultCode.Ok, block.Results[2].Code);
    }

    [Fact]
    public void Key_rotates_again_and_back()
    {
        Assert.Equal(ResultCode.Ok, Rotate("alice", "alice", "fresh"));
        Assert.Equal(ResultCode.Ok, Rotate("alice", "fresh", "fresher"));
        Assert.Equal(ResultCode.WrongKey, Pay("fresh"));
        Assert.Equal(ResultCode.Ok, Rotate("alice", "fresher", "alice"));
        Assert.Equal(ResultCode.Ok, Pay("alice"));
    }

    [Fact]
    public void Two_rotations_in_one_transaction_follow_each_other_and_all_fail_with_one()
    {
        RotateKey second = Proof("alice", "fresh", "fresher");
        Assert.Equal(ResultCode.Ok, _chain.RunOne("bob", PayBob()).Code);
        Assert.Equal(ResultCode.BadProof, _chain.Run(1000, _chain.Sign("alice", [To("fresh"), To("fresher")])).Results[0].Code);
        Assert.Equal(TestKeys.PublicOf("alice"), _chain.Account("alice").Key);
        Assert.Equal(ResultCode.Ok, _chain.Run(1000, _chain.Sign("alice", [To("fresh"), second])).Results[0].Code);
        Assert.Equal(TestKeys.PublicOf("fresher"), _chain.Account("alice").Key);
    }

    [Fact]
    public void Proof_of_another_key_account_chain_or_old_key_is_refused()
    {
        Address alice = TestKeys.AddressOf("alice");
        PublicKey old = TestKeys.PublicOf("alice");
        using PrivateKey fresh = TestKeys.Of("fresh");
        Assert.Equal(ResultCode.BadProof, Send(To("fresh") with { NewKey = TestKeys.PublicOf("mallory") }));
        Assert.Equal(ResultCode.BadProof, Send(To("fresh") with { Proof = default }));
        Assert.Equal(ResultCode.BadProof, Send(RotateKey.Sign("devnet-1", TestKeys.AddressOf("bob"), old, fresh)));
        Assert.Equal(ResultCode.BadProof, Send(RotateKey.Sign("devnet-2", alice, old, fresh)));
        Assert.Equal(ResultCode.BadProof, Send(RotateKey.Sign("devnet-1", alice, TestKeys.PublicOf("bob"), fresh)));
        Assert.Equal(ResultCode.Ok, Send(RotateKey.Sign("devnet-1", alice, old, fresh)));
    }

    [Fact]
    public void Key_that_speaks_already_needs_no_rotation() =>
        Assert.Equal(ResultCode.AlreadyDone, Rotate("alice", "alice", "alice"));

    [Fact]
    public void Emptied_account_with_a_rotated_key_is_not_given_back_to_the_first_key()
    {
        Rotate("alice", "alice", "fresh");
        ulong balance = _chain.Balance("alice");
        SignedTransaction Build(ulong amount) =>
            _chain.Sign("alice", [new Transfer(TestKeys.AddressOf("bob"), amount, default)], keyName: "fresh");
        Assert.Equal(ResultCode.Ok, _chain.Run(1000, Build(balance - (Build(balance).Work * 10))).Results[0].Code);
        Assert.Equal(0UL, _chain.Balance("alice"));
        _chain.Pass(25 * 3600);
        _chain.RunOne("bob", new Transfer(TestKeys.AddressOf("alice"), TestGenesis.Credit, default));
        Assert.Equal(ResultCode.WrongKey, Pay("alice"));
        Assert.Equal(ResultCode.Ok, Pay("fresh"));
    }

    [Fact]
    public void Did_document_is_kept_against_a_deposit_changed_and_taken_back()
    {
        Address alice = TestKeys.AddressOf("alice");
        Hash256 first = Sha256.Hash([1]);
        Assert.Equal(ResultCode.NotFound, Send(new SetDidDocument(default)));
        Assert.Equal(ResultCode.Ok, Send(new SetDidDocument(first)));
        Assert.Equal(new DidDocument(first, 1_000_000), DidDocuments.Load(_chain.State, alice));
        Assert.Equal(ResultCode.AlreadyDone, Send(new SetDidDocument(first)));
        ulong before = _chain.Balance("alice");
        Assert.Equal(ResultCode.Ok, Send(new SetDidDocument(Sha256.Hash([2]))));
        Assert.True(_chain.Balance("alice") > before - 100_000, "the deposit is held already");
        before = _chain.Balance("alice");
        Assert.Equal(ResultCode.Ok, Send(new SetDidDocument(default)));
        Assert.True(_chain.Balance("alice") > before + 900_000);
        Assert.Null(DidDocuments.Load(_chain.State, alice));
        Assert.True(_chain.HeldInAll() == 0);
        _chain.RunOne("alice", new Transfer(TestKeys.AddressOf("newcomer"), 900_000, default));
        Assert.Equal(ResultCode.InsufficientFunds, _chain.RunOne("newcomer", new SetDidDocument(first)).Code);
    }

    private static Transfer PayBob() => new(TestKeys.AddressOf("bob"), 1, default);

    private static RotateKey To(string name) => Proof("alice", "alice", name);

    private static RotateKey Proof(string account, string oldName, string newName)
    {
        using PrivateKey key = TestKeys.Of(newName);
        return RotateKey.Sign("devnet-1", TestKeys.AddressOf(account), TestKeys.PublicOf(oldName), key);
    }

    private ResultCode Send(Message message) => _chain.RunOne("alice", message).Code;

    private ResultCode Rotate(string account, string oldName, string newName) =>
        _chain.Run(1000, _chain.Sign(account, [Proof(account, oldName, newName)], keyName: oldName)).Results[0].Code;

    private ResultCode Pay(string keyName) =>
        _chain.Run(1000, _chain.Sign("alice", [PayBob()], keyName: keyName)).Results[0].Code;
}
