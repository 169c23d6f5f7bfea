using System;
using System.Collections.Generic;
using System.Linq;
using Chain.Primitives.Blocks;
using Chain.Primitives.Codec;
using Chain.Primitives.Crypto;
using Chain.StateMachine.Execution;
using Chain.StateMachine.Objects;
using Chain.StateMachine.Transactions;
using Chain.StateMachine.Transactions.Transfer;

namespace Chain.StateMachine.Tests.Execution;

public sealed class BlockValidityTests
{
    private readonly TestChain _chain = new();

    [Fact]
    public void Valid_block_has_no_fault_even_with_transactions_that_will_be_turned_away()
    {
        SignedTransaction good = _chain.Sign("alice", [Pay()]);
        SignedTransaction future = _chain.Sign("bob", [Pay()], ahead: 9);
        Assert.Equal(default, BlockValidity.Check(_chain.State, Block(good.Bytes, future.Bytes)));
    }

    [Fact]
    public void Block_with_a_transaction_twice_is_refused()
    {
        byte[] raw = _chain.Sign("alice", [Pay()]).Bytes;
        Assert.Equal(new(BlockFaultCode.DuplicateTransaction, 1, ResultCode.Duplicate), Judge(raw, raw));
    }

    [Fact]
    public void Block_with_a_bad_signature_is_refused()
    {
        SignedTransaction signed = _chain.Sign("alice", [Pay()]);
        Signature other = _chain.Sign("alice", [Pay()], ahead: 1).Signature;
        byte[] raw = SignedTransaction.Create(signed.Body, signed.PublicKey, other).Bytes;
        Assert.Equal(new(BlockFaultCode.BadSignature, 0, ResultCode.BadSignature), Judge(raw));
    }

    [Theory]
    [InlineData(0, BlockFaultCode.UnknownVersion)]
    [InlineData(999, BlockFaultCode.UnknownVersion)]
    public void Block_of_a_version_without_rules_is_refused(ulong version, BlockFaultCode code) =>
        Assert.Equal(code, BlockValidity.Check(_chain.State, Block() with { AppVersion = version }).Code);

    [Theory]
    [InlineData(0, BlockFaultCode.None)]
    [InlineData(1, BlockFaultCode.TooManyBytes)]
    public void Block_may_carry_as_many_bytes_as_the_parameter_says(ulong missing, BlockFaultCode code)
    {
        List<byte[]> raw = [];
        for (ulong i = 0; i < 10; i++) raw.Add(_chain.Sign("alice", [Pay()], ahead: i).Bytes);
        ulong bytes = (ulong)raw.Sum(each => each.Length);
        Parameters small = Parameters.Devnet.With(ParameterId.TransactionBytesMax, 1024).With(ParameterId.BlockBytesMax, bytes - missing);
        TestChain chain = new(TestGenesis.Document() with { Parameters = small });
        Assert.Equal(code, BlockValidity.Check(chain.State, chain.Input(chain.Time.AddMs(1000), raw)).Code);
    }

    [Fact]
    public void Block_with_a_transaction_of_another_chain_is_refused()
    {
        BlockInput block = Block(_chain.Sign("alice", [Pay()]).Bytes) with { ChainId = "other-1" };
        BlockFault fault = BlockValidity.Check(_chain.State, block);
        Assert.Equal(new(BlockFaultCode.BadTransaction, 0, ResultCode.WrongChain), fault);
    }

    [Fact]
    public void Block_with_bytes_that_are_no_transaction_is_refused()
    {
        Assert.Equal(new(BlockFaultCode.BadTransaction, 0, ResultCode.NotCanonical), Judge(new byte[] { 1, 2, 3 }));
        byte[] raw = _chain.Sign("alice", [Pay()]).Bytes;
        Assert.Equal(new(BlockFaultCode.BadTransaction, 0, ResultCode.NotCanonical), Judge((byte[])[.. raw, 0]));
    }

    [Theory]
    [InlineData(-1, ResultCode.Expired)]
    [InlineData(0, ResultCode.Ok)]
    [InlineData(24 * 3600, ResultCode.Ok)]
    [InlineData((24 * 3600) + 1, ResultCode.Expired)]
    public void Transaction_lands_from_24_hours_before_valid_until_to_its_last_second(int secondsAhead, ResultCode code)
    {
        Timestamp header = new(_chain.Time.Seconds + 100, 999_999_999);
        TransactionBody body = _chain.Sign("alice", [Pay()]).Body with { ValidUntil = (ulong)(header.Seconds + secondsAhead) };
        Assert.Equal(code, TransactionCheck.ExpiryInBlock(body, header));
    }

    [Fact]
    public void Admission_judges_expiry_by_the_later_clock_with_slack()
    {
        Timestamp header = new(10_000, 0);
        Timestamp clock = new(10_100, 0);
        TransactionBody body = _chain.Sign("alice", [Pay()]).Body;
        ResultCode At(ulong validUntil) =>
            TransactionCheck.ExpiryAtAdmission(body with { ValidUntil = validUntil }, header, clock);
        Assert.Equal(ResultCode.Expired, At(10_039));
        Assert.Equal(ResultCode.Ok, At(10_040));
        Assert.Equal(ResultCode.Ok, At(10_100 + (24 * 3600) + 60));
        Assert.Equal(ResultCode.Expired, At(10_100 + (24 * 3600) + 61));
        Assert.Equal(ResultCode.Expired, At(ulong.MaxValue));
    }

    [Fact]
    public void Block_with_more_work_than_it_may_have_is_refused()
    {
        TestChain chain = new(TestGenesis.Document() with
        {
            Parameters = Parameters.Devnet.With(ParameterId.BlockWorkMax, 100_000),
        });
        List<byte[]> raw = [];
        for (ulong i = 0; i < 400; i++) raw.Add(chain.Sign("alice", [Pay()], ahead: i).Bytes);
        BlockFault fault = BlockValidity.Check(chain.State, chain.Input(chain.Time.AddMs(1000), raw));
        Assert.Equal(BlockFaultCode.TooMuchWork, fault.Code);
    }

    [Fact]
    public void Slot_holds_a_gap_of_sixteen_and_refuses_what_is_past_or_further()
    {
        Assert.Equal(ResultCode.Ok, Slot(_chain.Sign("alice", [Pay()])));
        Assert.Equal(ResultCode.Ok, Slot(_chain.Sign("alice", [Pay()], ahead: 16)));
        Assert.Equal(ResultCode.SequenceTooFar, Slot(_chain.Sign("alice", [Pay()], ahead: 17)));
        SignedTransaction past = _chain.Sign("alice", [Pay()]);
        _chain.Run(1000, past);
        Assert.Equal(ResultCode.BadSequence, Slot(past));
        Assert.Equal(ResultCode.WrongKey, Slot(_chain.Sign("alice", [Pay()], keyName: "bob")));
        Assert.Equal(ResultCode.FeeTooLow, Slot(_chain.Sign("bob", [Pay()], feeMax: 1)));
        Assert.Equal(ResultCode.InsufficientFunds, Slot(_chain.Sign("nobody", [Pay()])));
    }

    [Fact]
    public void Form_tells_unknown_kinds_from_malformed_bytes()
    {
        byte[] raw = _chain.Sign("alice", [Pay()]).Bytes;
        int kind = raw.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x95, (byte)MessageKind.Transfer, 1]) + 1;
        raw[kind] = 99;
        ResultCode code = TransactionCheck.Form(raw, "devnet-1", Parameters.Devnet, out _, out DecodeError error);
        Assert.Equal(ResultCode.UnknownKind, code);
        Assert.True(error.Offset >= kind);
        ResultCode tooLarge = TransactionCheck.Form(new byte[65_537], "devnet-1", Parameters.Devnet, out _, out _);
        Assert.Equal(ResultCode.TooLarge, tooLarge);
    }

    private static Transfer Pay() => new(TestKeys.AddressOf("bob"), 1, default);

    private BlockInput Block(params IReadOnlyList<byte[]> raw) => _chain.Input(_chain.Time.AddMs(1000), raw);

    private BlockFault Judge(params byte[][] raw) => BlockValidity.Check(_chain.State, Block(raw));

    private ResultCode Slot(SignedTransaction transaction) => TransactionCheck.Slot(_chain.State, transaction, 10, _chain.Time, out _);
}
